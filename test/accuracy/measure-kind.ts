import { availableParallelism } from "node:os";
import type { Finding } from "@glasswatch/core/finding";
import { isAtLeast } from "@glasswatch/core/severity";
import { fixtureOf } from "../fixtures/fixture.ts";
import { gate } from "../support/run-cli.ts";
import { figuresOf } from "./figures.ts";
import { filterSpans } from "./filter-spans.ts";
import { type Matching, match } from "./matching.ts";
import type { Alarm, Failure, KindResult, Measured, NegativeFigures, SweepResult } from "./results.ts";
import type { KindSamples, Sample, Source, Split } from "./sample.ts";
import { scanSample, spanOf } from "./scan-sample.ts";

/** One file, made and scanned. */
interface Tried {
  readonly sample: Sample;
  readonly path: string;
  readonly ours: Matching;
  readonly filter: Matching | null;
  /** Found by other detectors, where they ran. */
  readonly others: readonly Finding[];
}

export interface KindSettings {
  readonly sources: readonly Source[];
  readonly splits: readonly Split[];
  readonly sweeps: boolean;
  readonly measured: Measured;
}

/** One file that could not be made or scanned. */
interface Broken {
  readonly sample: Sample;
  readonly problem: string;
}

const atATime = gate(availableParallelism());
const splits = ["tune", "score"] as const;

/** Makes everything that a kind is measured by, scans it, and counts. */
export async function measureKind(kind: KindSamples, settings: KindSettings): Promise<KindResult> {
  const { measured } = settings;
  const sources = settings.sources.filter(({ has }) => !has.includes(kind.kind));
  const wanted = (sample: Sample) => settings.splits.includes(sample.split);
  const broken: Broken[] = [];
  const attempt = async (samples: readonly Sample[], scanned: "kind" | "all"): Promise<readonly Tried[]> => {
    const each = samples.filter(wanted).map((sample) =>
      atATime(() => tryOut(kind, sample, scanned)).catch((error: unknown) => {
        broken.push({ sample, problem: error instanceof Error ? error.message : String(error) });
        return [];
      }),
    );
    return (await Promise.all(each)).flat();
  };
  refuseTwins(kind, sources);
  const defects = await attempt(kind.defects(sources), "kind");
  const negatives = await attempt(kind.hardNegatives(sources), "all");
  const sweeps: SweepResult[] = [];
  for (const sweep of settings.sweeps ? kind.sweeps : []) {
    const points = await Promise.all(
      sweep.values.map(async (value) => pointOf(value, await attempt(sweep.samples(value, sources), "kind"))),
    );
    sweeps.push({ name: sweep.name, unit: sweep.unit, points });
  }
  const all = [...defects, ...negatives];
  return {
    ...measured,
    kind: kind.kind,
    sources: bySplit((split) => usedSources(defects, split)),
    figures: bySplit((split) => figuresOf(of(all, split).map(({ ours }) => ours))),
    filter: kind.filter
      ? {
          name: kind.filter.name,
          figures: bySplit((split) => figuresOf(of(all, split).flatMap(({ filter }) => filter ?? []))),
        }
      : null,
    hardNegatives: bySplit((split) => negativeFigures(of(negatives, split))),
    sweeps,
    failures: [...all.filter(({ ours }) => isWrong(ours)).map(failureOf), ...broken.map(failureOfBroken)],
  };
}

/** Files are kept by the names of their samples. */
function refuseTwins({ kind, defects, hardNegatives, sweeps }: KindSamples, sources: readonly Source[]): void {
  const samples = [
    ...defects(sources),
    ...hardNegatives(sources),
    ...sweeps.flatMap(({ values, samples }) => values.flatMap((value) => samples(value, sources))),
  ];
  const names = new Set<string>();
  for (const { name } of samples) {
    if (names.has(slug(name))) throw new Error(`${kind} has two samples named ${name}`);
    names.add(slug(name));
  }
}

async function tryOut(kind: KindSamples, sample: Sample, scanned: "kind" | "all"): Promise<Tried> {
  const name = `${kind.kind} ${sample.name}`;
  const file = slug(name);
  const path = await fixtureOf({ [file]: sample.recipe }, file, "accuracy");
  const findings = await scanSample({
    input: path,
    ...(scanned === "kind" && { only: kind.kind }),
    expect: sample.expect,
  });
  const own = findings.filter((finding) => finding.kind === kind.kind);
  const ours = match(sample.truth, own.map(spanOf));
  return {
    sample,
    path,
    ours,
    filter: kind.filter ? match(sample.truth, await filterSpans(kind.filter, path)) : null,
    others: findings.filter((finding) => finding.kind !== kind.kind && !sample.also?.includes(finding.kind)),
  };
}

function bySplit<Value>(value: (split: Split) => Value): Readonly<Record<Split, Value>> {
  const [tune, score] = splits.map(value);
  return { tune: tune as Value, score: score as Value };
}

function of(tried: readonly Tried[], split: Split): readonly Tried[] {
  return tried.filter(({ sample }) => sample.split === split);
}

function usedSources(tried: readonly Tried[], split: Split): readonly string[] {
  return [...new Set(of(tried, split).flatMap(({ sample }) => sample.source?.id ?? "synthesised"))].toSorted();
}

function isWrong({ missed, extra }: Matching): boolean {
  return missed.length > 0 || extra.length > 0;
}

function failureOf({ sample, path, ours: { missed, extra } }: Tried): Failure {
  return { sample: sample.name, split: sample.split, path, missed, extra };
}

function failureOfBroken({ sample, problem }: Broken): Failure {
  return { sample: sample.name, split: sample.split, path: "", missed: [], extra: [], problem };
}

function negativeFigures(tried: readonly Tried[]): NegativeFigures {
  return {
    files: tried.length,
    alarms: tried.reduce((total, { ours }) => total + ours.extra.length, 0),
    otherMajorAlarms: tried.flatMap(({ sample, others }) =>
      others.filter(({ severity }) => isAtLeast(severity, "major")).map(alarmOf(sample.name)),
    ),
  };
}

export function alarmOf(file: string): (finding: Finding) => Alarm {
  return ({ kind, severity, startSeconds, endSeconds }) => ({
    file,
    kind,
    severity,
    startSeconds,
    endSeconds: endSeconds ?? startSeconds,
  });
}

function pointOf(value: number, tried: readonly Tried[]): SweepResult["points"][number] {
  const filters = tried.flatMap(({ filter }) => filter ?? []);
  return {
    value,
    recall: figuresOf(tried.map(({ ours }) => ours)).recall ?? 0,
    filterRecall: filters.length > 0 ? (figuresOf(filters).recall ?? 0) : null,
  };
}

/** A name for a folder. */
function slug(text: string): string {
  return text.replaceAll(/[^\w.-]+/g, "-").slice(0, 120);
}
