import { existsSync } from "node:fs";
import { join } from "node:path";
import { detectors } from "@glasswatch/detectors/registry";
import type { KindSamples } from "./sample.ts";

/** The kinds that are measured: every detector that has a file in `kinds/`. */
export const measuredKinds: readonly string[] = detectors
  .map(({ id }) => id)
  .filter((id) => existsSync(join(import.meta.dirname, `kinds/${id}.ts`)));

/** @throws Error where the file does not export the kind's samples */
export async function samplesOf(kind: string): Promise<KindSamples> {
  const module = (await import(`./kinds/${kind}.ts`)) as Readonly<Record<string, KindSamples>>;
  const samples = Object.values(module).find((value) => value.kind === kind);
  if (!samples) throw new Error(`test/accuracy/kinds/${kind}.ts does not export the samples of ${kind}`);
  return samples;
}
