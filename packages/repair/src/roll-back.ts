import type { Repair } from "@glasswatch/core/repair";
import { openStreams } from "@glasswatch/core/state/streams";
import { ActionFailedError } from "./action.ts";
import { policyOf } from "./policy-of.ts";
import type { RepairSetup } from "./setup.ts";

/** Takes back what did not help, where that can be. Again it is without effect. @returns what was done, for people */
export async function rollBack(repair: Repair, setup: RepairSetup): Promise<string> {
  const { table } = setup.ports;
  const { undo, action: id } = repair;
  const action = setup.actions.find((candidate) => candidate.id === id);
  const stream = (await openStreams(table).get(repair.streamId))?.value;
  if (!action?.undo || undo === null || !stream) return "it cannot be taken back";
  const { actions } = await policyOf(stream, setup.ports.table);
  const options = actions.find((entry) => entry.action === id)?.options ?? {};
  try {
    return await action.undo({ repair, stream, options, undo, table, tools: setup.tools });
  } catch (error) {
    if (!(error instanceof ActionFailedError)) throw error;
    return `it could not be taken back: ${error.message}`;
  }
}
