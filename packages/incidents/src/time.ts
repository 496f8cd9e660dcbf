/** Moments are kept as text (ISO 8601, UTC, milliseconds), whose order is that of time. */
export function later(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * 1000).toISOString();
}

export function latestOf(...moments: readonly string[]): string {
  return moments.reduce((latest, each) => (each > latest ? each : latest));
}

/** Null where all are. */
export function earliestOf(moments: readonly (string | null)[]): string | null {
  return moments.filter((each) => each !== null).toSorted()[0] ?? null;
}

export function isDue(moment: string | null, at: string): boolean {
  return moment !== null && moment <= at;
}
