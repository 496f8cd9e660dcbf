import type { Finding } from "@glasswatch/core/finding";
import { parseProfile, planDetectors } from "@glasswatch/detectors/profile";
import { detectors } from "@glasswatch/detectors/registry";
import { scan } from "@glasswatch/pipeline/scan";
import type { FoundSpan } from "./matching.ts";

export interface SampleScan {
  readonly input: string;
  /** One kind; all where absent. */
  readonly only?: string;
  readonly expect?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Everything that the detectors tell of a file, at their defaults.
 *
 * @throws Error where the file cannot be scanned to its end, or a detector fails
 */
export async function scanSample({ input, only, expect = {} }: SampleScan): Promise<readonly Finding[]> {
  const profile = parseProfile({ expect }, detectors);
  const plan = planDetectors(detectors, profile, only === undefined ? {} : { only: [only] });
  const { result } = await scan({ input, detectors: plan, ignore: [], tier: "full", allowPrivate: false });
  if (result.error) throw new Error(`${input}: ${result.error.message}`);
  const errored = result.detectors.find(({ status }) => status === "errored");
  if (errored) throw new Error(`${input}: ${errored.id}: ${errored.message}`);
  return result.findings;
}

export function spanOf({ startSeconds, endSeconds, subject }: Finding): FoundSpan {
  return {
    startSeconds,
    endSeconds: endSeconds ?? startSeconds,
    ...(subject.channel !== undefined && { channel: subject.channel }),
  };
}
