import type { FindingStep } from "./finding-tracker.ts";

/** What comes after a finding comes within seconds, and so many are not opened meanwhile. */
const mostRemembered = 64;

/** Under which id a finding of the present process was told, for what that process says of it later. */
export interface ToldIds {
  /**
   * What the telling of a finding came to. One that goes on from an earlier process is not remembered: what was to be shown of
   * its start has been.
   */
  note(idOfProcess: string, steps: readonly FindingStep[]): void;
  get(idOfProcess: string): string | undefined;
  clear(): void;
}

export function openToldIds(): ToldIds {
  const told = new Map<string, string>();

  return {
    note(idOfProcess, [first]) {
      if (first?.detailType !== "finding.opened") return;
      told.set(idOfProcess, first.finding.id);
      const [oldest] = told.keys();
      if (told.size > mostRemembered && oldest !== undefined) told.delete(oldest);
    },
    get: (idOfProcess) => told.get(idOfProcess),
    clear: () => told.clear(),
  };
}
