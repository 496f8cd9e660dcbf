import { UnavailableError } from "@glasswatch/core/ports/errors";
import { streamRepairActions } from "@glasswatch/core/repair-actions";
import { ActionFailedError, defineAction } from "../action.ts";
import { requestOf } from "../request-of.ts";

const absent = "only a deployment on AWS can run workflows";

/** Starts a program in the owner's account, named by the repair: an execution of that name is started once. */
export const runWorkflow = defineAction("run-workflow", streamRepairActions["run-workflow"], {
  goesOn: false,
  // Lambda's asynchronous invocations come at least once anyway, and bring the repair's id.
  mayRepeat: () => true,

  async plan({ options: { arn }, tools }) {
    return tools.workflows ? { would: `start ${nameOf(arn)}`, undo: null } : { refused: absent };
  },

  async act({ repair, stream, options: { arn }, tools }) {
    if (!tools.workflows) throw new ActionFailedError(absent);
    try {
      await tools.workflows.start(arn, repair.id, requestOf(repair, stream));
    } catch (error) {
      if (error instanceof UnavailableError || !(error instanceof Error)) throw error;
      throw new ActionFailedError(`${nameOf(arn)} was not started: ${error.message}`);
    }
    return `${nameOf(arn)} was started`;
  },
});

function nameOf(arn: string): string {
  return arn.split(":").slice(5).join(" ");
}
