import { availableParallelism } from "node:os";
import { gate } from "../support/run-cli.ts";
import { alarmOf } from "./measure-kind.ts";
import type { CleanResult, Measured } from "./results.ts";
import type { Source, Split } from "./sample.ts";
import { scanSample } from "./scan-sample.ts";

/** Scans clips without a defect with everything on, each once. */
export async function measureClean(sources: readonly Source[], measured: Measured): Promise<CleanResult> {
  const atATime = gate(availableParallelism());
  const alarms = await Promise.all(
    sources.map((source) =>
      atATime(async () => {
        const findings = await scanSample({ input: source.path });
        const told = findings.filter(({ kind }) => !source.has.includes(kind));
        return told.map((finding) => ({ ...alarmOf(source.id)(finding), split: source.split }));
      }),
    ),
  );
  const of = (split: Split) => sources.filter((source) => source.split === split);
  const hours = (split: Split) => of(split).reduce((sum, { durationSeconds }) => sum + durationSeconds, 0) / 3600;
  return {
    ...measured,
    clips: { tune: of("tune").length, score: of("score").length },
    hours: { tune: hours("tune"), score: hours("score") },
    alarms: alarms.flat(),
  };
}
