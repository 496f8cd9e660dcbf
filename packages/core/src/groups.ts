/** A named subset of detectors: what one container carries. Each group has a queue of its own. */
export interface DetectorGroup {
  readonly name: string;
  /** Ids of detectors; null for all of them. */
  readonly detectors: readonly string[] | null;
}

/** One container carries the whole catalogue, until somebody needs more. */
export const defaultGroups: readonly DetectorGroup[] = [{ name: "all", detectors: null }];
