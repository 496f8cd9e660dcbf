import { GlasswatchError, type InputErrorCode } from "@glasswatch/core/errors";
import type { FileRepair } from "@glasswatch/core/file-repair";
import { endFileRepair, type FileRepairContext, noteFileRepair, stepFileRepair } from "./file-repair-steps.ts";
import { makeCopy } from "./make-copy.ts";

/** What is interrupted so often has another reason. */
const mostTries = 3;
const firstText = "begins";
const interruptedText = "was interrupted, and is done again";
const stoppedText = "the service stops: another one does it";

/** Errors of a source that waiting may cure. */
const passing: ReadonlySet<string> = new Set<InputErrorCode>(["timed-out", "connection-failed", "connection-lost"]);

/**
 * Makes the copy. Whoever was at it before was killed; where two are at it after all, the one who began last is who counts.
 *
 * @throws whatever keeps it from being made now
 */
export async function makeOnce(repair: FileRepair, context: FileRepairContext): Promise<void> {
  const { signal } = context.setup;
  signal.throwIfAborted();
  const claimed = await claim(repair, context);
  if (!claimed) return;
  try {
    const outcome = await makeCopy(claimed, context.setup);
    if (outcome?.status === "verifying") await stepFileRepair(claimed, outcome, context);
    else if (outcome) await endFileRepair(claimed, outcome, context);
  } catch (error) {
    if (signal.aborted) {
      await noteFileRepair(claimed, { status: "requested", text: stoppedText }, context);
      throw error;
    }
    if (!(error instanceof GlasswatchError)) throw error;
    if (!passing.has(error.code) || triesOf(claimed) >= mostTries) {
      return endFileRepair(claimed, { status: "failed", text: error.message }, context);
    }
    const again = { status: "requested" as const, text: `${error.message}; it is tried again` };
    if (await noteFileRepair(claimed, again, context)) throw error;
  }
}

/** Null where somebody else is at it, or it was tried often enough. */
async function claim(repair: FileRepair, context: FileRepairContext): Promise<FileRepair | null> {
  const isInterrupted = repair.status === "acting";
  if (isInterrupted && triesOf(repair) >= mostTries) {
    const text = `it was interrupted ${mostTries} times, and is given up: look at what stops its service, then ask for it again`;
    await endFileRepair(repair, { status: "failed", text }, context);
    return null;
  }
  const actedAt = context.setup.now().toISOString();
  return noteFileRepair(
    repair,
    { status: "acting", actedAt, text: isInterrupted ? interruptedText : firstText },
    context,
  );
}

function triesOf({ log }: FileRepair): number {
  const begun = log.filter(({ text }) => text === firstText || text === interruptedText);
  return begun.length - log.filter(({ text }) => text === stoppedText).length;
}
