import type { Coverage } from "@glasswatch/core/scan-result";
import { formatDuration } from "./format.ts";

/** What was not watched picture by picture, in words: `key pictures only for 1 min 6 s of 1 min 18 s`. */
export function coverageInWords({ fullSeconds, lightSeconds, skippedSeconds }: Coverage): string {
  const all = formatDuration(fullSeconds + lightSeconds + skippedSeconds);
  return [
    ...(lightSeconds > 0 ? [`key pictures only for ${formatDuration(lightSeconds)} of ${all}`] : []),
    ...(skippedSeconds > 0 ? [`nothing for ${formatDuration(skippedSeconds)} of ${all}`] : []),
  ].join(", ");
}
