import type { Severity } from "@glasswatch/core/severity";
import type { Recipe } from "../../fixtures/recipe.ts";

export interface ExpectedFinding {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly severity: Severity;
  /** The sound channel, for a defect of one channel. */
  readonly channel?: number;
}

/** Media made by recipe, and all that the detector is to find in it; an empty list for what it must not be fooled by. */
export interface DetectorCase {
  readonly name: string;
  readonly recipe: Recipe;
  readonly findings: readonly ExpectedFinding[];
  /** What the profile expects, where the detector takes an expectation. */
  readonly expect?: Readonly<Record<string, unknown>>;
}
