import type { JsonObject } from "@glasswatch/core/json";

/** A JSON object, or a JSON text where the way it is written matters. */
export type Written = JsonObject | string;

export interface PatternCase {
  readonly name: string;
  readonly pattern: Written;
  readonly matches?: readonly Written[];
  readonly misses?: readonly Written[];
}

/** Events with one field. */
export function fields(name: string, values: readonly JsonObject[string][]): readonly JsonObject[] {
  return values.map((value) => ({ [name]: value }));
}
