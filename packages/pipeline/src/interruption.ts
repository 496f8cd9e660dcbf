import { inputError } from "@glasswatch/core/errors";
import type { ScanResult } from "@glasswatch/core/scan-result";

/** The error of a scan that was told to stop. */
export function interruption(input: string): NonNullable<ScanResult["error"]> {
  const { code, message } = inputError(
    "interrupted",
    `${input}: stopped before the end; what was found so far is reported`,
  );
  return { code, message };
}
