import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseProfile, planDetectors } from "@glasswatch/detectors/profile";
import { detectors } from "@glasswatch/detectors/registry";
import { type ScanHere, scanHere } from "../support/scan-here.ts";
import { type Channels, crest, pause, repeated, sine, tone, tones, wavFile } from "./compliance-signals.ts";
import type { ComplianceRow } from "./results.ts";

interface ComplianceCase {
  readonly name: string;
  readonly expected: number;
  /** How far below and above the expected value is right. */
  readonly tolerance: readonly [below: number, above: number];
  readonly signal: () => Channels;
  readonly measure: (outcome: ScanHere) => number;
}

const loudnessTolerance = [0.1, 0.1] as const;
const nothing = Number.NaN;

const integrated = ({ audio }: ScanHere) => shown(audio[0]?.integratedLufs);
const truePeak = ({ audio }: ScanHere) => shown(audio[0]?.truePeakDbtp);

/** With the decimal that a meter shows. */
function shown(value: number | null | undefined): number {
  return Number((value ?? nothing).toFixed(1));
}

/** The detector measures the range beside the loudness, which is off the target that the profile here expects. */
function range({ findings }: ScanHere): number {
  const [finding] = findings;
  return finding?.measurements.find(({ name }) => name === "loudness range")?.value ?? nothing;
}

type Window = "loudness-momentary" | "loudness-short-term";

function seriesOf({ series }: ScanHere, name: Window) {
  const found = series.find((each) => each.name === name);
  if (!found) throw new Error(`the scan has no ${name}`);
  return found;
}

/** What is furthest from `expected` of all that the meter shows from a time on. */
function settled(name: Window, fromSeconds: number, expected: number) {
  return (outcome: ScanHere) => {
    const { minimum, maximum, stepSeconds } = seriesOf(outcome, name);
    const first = Math.ceil(fromSeconds / stepSeconds);
    return furthest([...minimum.slice(first), ...maximum.slice(first)].map(Number), () => expected);
  };
}

/** What is furthest from expected of the maxima of equal stretches; told as if all were expected to be that of the first. */
function maxima(name: Window, stretchSeconds: number, expectedOf: (stretch: number) => number) {
  return (outcome: ScanHere) => {
    const { maximum, stepSeconds } = seriesOf(outcome, name);
    const highest = Array.from({ length: 20 }, (_, i) => {
      const from = Math.round((i * stretchSeconds) / stepSeconds);
      const to = Math.round(((i + 1) * stretchSeconds) / stepSeconds);
      return Math.max(...maximum.slice(from, to).map((value) => value ?? Number.NEGATIVE_INFINITY));
    });
    return (
      expectedOf(0) +
      furthest(
        highest.map((value, i) => value - expectedOf(i)),
        () => 0,
      )
    );
  };
}

function furthest(values: readonly number[], expectedOf: () => number): number {
  const expected = expectedOf();
  return values.reduce(
    (worst, value) => (Math.abs(value - expected) > Math.abs(worst - expected) ? value : worst),
    expected,
  );
}

const twenty = Array.from({ length: 20 }, (_, i) => i);
const rising = (i: number) => -38 + i;

function loudnessCase(name: string, expected: number, ...segments: Parameters<typeof tones>[0]): ComplianceCase {
  return {
    name: `3341, case ${name}`,
    expected,
    tolerance: loudnessTolerance,
    signal: () => tones(segments),
    measure: integrated,
  };
}

function meterCase(
  name: string,
  expected: number,
  segments: Parameters<typeof tones>[0],
  measure: ComplianceCase["measure"],
): ComplianceCase {
  return { name: `3341, case ${name}`, expected, tolerance: loudnessTolerance, signal: () => tones(segments), measure };
}

function peakCase(name: string, expected: number, signal: () => Channels): ComplianceCase {
  return { name: `3341, case ${name}, true peak`, expected, tolerance: [0.4, 0.2], signal, measure: truePeak };
}

function rangeCase(name: string, expected: number, ...levels: readonly number[]): ComplianceCase {
  return {
    name: `3342, case ${name}, range`,
    expected,
    tolerance: [1, 1],
    signal: () => tones(levels.map((dbfs) => tone(20, dbfs))),
    measure: range,
  };
}

const cases: readonly ComplianceCase[] = [
  loudnessCase("1", -23, tone(20, -23)),
  meterCase("1, momentary", -23, [tone(20, -23)], settled("loudness-momentary", 1, -23)),
  meterCase("1, short-term", -23, [tone(20, -23)], settled("loudness-short-term", 3, -23)),
  loudnessCase("2", -33, tone(20, -33)),
  meterCase("2, momentary", -33, [tone(20, -33)], settled("loudness-momentary", 1, -33)),
  meterCase("2, short-term", -33, [tone(20, -33)], settled("loudness-short-term", 3, -33)),
  loudnessCase("3", -23, tone(10, -36), tone(60, -23), tone(10, -36)),
  loudnessCase("4", -23, tone(10, -72), tone(10, -36), tone(60, -23), tone(10, -36), tone(10, -72)),
  loudnessCase("5", -23, tone(20, -26), tone(20.1, -20), tone(20, -26)),
  loudnessCase("6", -23, tone(20, -28, -28, -24, -30, -30)),
  meterCase("9", -23, repeated(5, tone(1.34, -20), tone(1.66, -30)), settled("loudness-short-term", 3, -23)),
  meterCase(
    "10",
    -23,
    twenty.flatMap((i) => [pause(4 + i * 0.15), tone(3, -23), pause(5 - i * 0.15)]),
    maxima("loudness-short-term", 12, () => -23),
  ),
  meterCase(
    "11",
    -38,
    twenty.flatMap((i) => [pause(i * 0.15), tone(3, rising(i)), pause(3 - i * 0.15)]),
    maxima("loudness-short-term", 6, rising),
  ),
  meterCase("12", -23, repeated(25, tone(0.18, -20), tone(0.22, -30)), settled("loudness-momentary", 1, -23)),
  meterCase(
    "13",
    -23,
    twenty.flatMap((i) => [pause(1 + i * 0.02), tone(0.4, -23), pause(1 - i * 0.02)]),
    maxima("loudness-momentary", 2.4, () => -23),
  ),
  meterCase(
    "14",
    -38,
    twenty.flatMap((i) => [pause(i * 0.02), tone(0.4, rising(i)), pause(0.4 - i * 0.02)]),
    maxima("loudness-momentary", 0.8, rising),
  ),
  peakCase("15", -6, () => sine(4, 0.5, 0)),
  peakCase("16", -6, () => sine(4, 0.5, 45)),
  peakCase("17", -6, () => sine(6, 0.5, 60)),
  peakCase("18", -6, () => sine(8, 0.5, 67.5)),
  peakCase("19", 3, () => sine(4, 1.41, 45)),
  peakCase("20", 0, () => crest(0)),
  peakCase("21", 0, () => crest(1)),
  peakCase("22", 0, () => crest(2)),
  peakCase("23", 0, () => crest(3)),
  rangeCase("1", 10, -20, -30),
  rangeCase("2", 5, -20, -15),
  rangeCase("3", 20, -40, -20),
  rangeCase("4", 15, -50, -35, -20, -35, -50),
];

/** Scans the signals of EBU Tech 3341 and Tech 3342 as files. */
export async function loudnessCompliance(): Promise<readonly ComplianceRow[]> {
  const folder = await mkdtemp(join(tmpdir(), "glasswatch-loudness-"));
  try {
    const rows: ComplianceRow[] = [];
    for (const each of cases) rows.push(await rowOf(each, join(folder, "signal.wav")));
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function rowOf(
  { name, expected, tolerance, signal, measure }: ComplianceCase,
  input: string,
): Promise<ComplianceRow> {
  await writeFile(input, wavFile(signal()));
  const profile = parseProfile({ expect: { loudness: { targetLufs: 0, toleranceLu: 0.1 } } }, detectors);
  const outcome = await scanHere({
    input,
    detectors: planDetectors(detectors, profile, { only: ["loudness"] }),
    ignore: [],
    tier: "full",
    allowPrivate: false,
  });
  if (outcome.error) throw new Error(`${name}: ${outcome.error.message}`);
  const measured = measure(outcome);
  const [below, above] = tolerance;
  // What a meter shows has two decimals at most.
  const off = Math.round((measured - expected) * 100) / 100;
  return {
    case: name,
    expected,
    measured,
    tolerance: below === above ? `±${below}` : `+${above}/−${below}`,
    pass: off >= -below && off <= above,
  };
}
