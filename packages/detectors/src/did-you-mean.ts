import { closest, distance } from "fastest-levenshtein";

/** ` (did you mean x?)`, or nothing where no name is near enough to be meant. */
export function didYouMean(typed: string, names: readonly string[]): string {
  if (names.length === 0) return "";
  const nearest = closest(typed, names);
  const near = distance(typed, nearest) <= Math.max(2, Math.floor(nearest.length * 0.4));
  return near ? ` (did you mean ${nearest}?)` : "";
}
