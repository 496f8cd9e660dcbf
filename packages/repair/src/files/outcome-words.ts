import type { FileRepair } from "@glasswatch/core/file-repair";
import type { ActionPlan, PlannedRepair } from "../media/media-action.ts";

/** What is done and what cannot be, as it is kept. */
export type Outcome = Pick<FileRepair, "made" | "refusals">;

/** @param shownAs makes what people may see of a text */
export function outcomeOf(
  repairs: readonly PlannedRepair[],
  refusals: ActionPlan["refusals"],
  shownAs: (text: string) => string,
): Outcome {
  return {
    made: repairs.map(({ action, what, findings }) => ({ action, what: shownAs(what), findings: [...findings] })),
    refusals: refusals.map(({ action, reason, findings }) => ({
      ...{ action, reason: shownAs(reason), findings: [...findings] },
    })),
  };
}

/** In one line. */
export function wordsOf({ made, refusals }: Outcome): string {
  if (made.length + refusals.length === 0) return "there is nothing to repair";
  const cannot = refusals.map(({ action, reason }) => `${action} cannot: ${reason}`);
  return [...new Set([...made.map(({ what }) => what), ...cannot])].join("; ");
}
