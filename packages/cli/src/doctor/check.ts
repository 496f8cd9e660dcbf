/** What became of one check: `fault` where scans do not work without it, `missing` where something lesser does not. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly status: "ok" | "missing" | "fault";
  /** What was found, or why it was not. */
  readonly detail: string;
  /** What to do or type where it is not `ok`. */
  readonly advice?: string;
}
