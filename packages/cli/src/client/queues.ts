import { ExitCode } from "@glasswatch/core/errors";
import type { QueueState } from "@glasswatch/core/ports/queues";
import type { Effects } from "../effects.ts";
import { table } from "../human/table.ts";
import { writeOut } from "../output-stream.ts";
import { openApiClient } from "./api-client.ts";

export interface QueuesOptions {
  readonly data: string;
  readonly redrive: string | undefined;
  readonly json: boolean;
}

const head = ["queue", "waiting", "in flight", "dead"];
const columns = [{}, ...Array(3).fill({ align: "right" })];

export async function showQueues({ data, redrive, json }: QueuesOptions, effects: Effects): Promise<ExitCode> {
  const api = await openApiClient(data, effects.cwd);
  if (redrive !== undefined) {
    const path = `/v1/queues/${encodeURIComponent(redrive)}/redrive`;
    const { redriven } = (await api.request("POST", path)) as { readonly redriven: number };
    await writeOut(effects.stderr, `${redrive}: ${redriven} put back\n`);
  }
  const { items } = (await api.request("GET", "/v1/queues")) as { readonly items: readonly QueueState[] };
  if (json) await writeOut(effects.stdout, `${JSON.stringify({ schemaVersion: 1, queues: items })}\n`);
  else await writeOut(effects.stdout, `${table([head, ...items.map(cellsOf)], columns).join("\n")}\n`);
  return ExitCode.clean;
}

function cellsOf({ queue, waiting, inFlight, dead }: QueueState): readonly string[] {
  return [queue, String(waiting), String(inFlight), String(dead)];
}
