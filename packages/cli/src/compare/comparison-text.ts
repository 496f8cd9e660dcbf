import {
  avOffsetLimitsSeconds,
  type ComparedPart,
  type Comparison,
  type PictureQuality,
} from "@glasswatch/core/comparison";
import type { MediaInfo } from "@glasswatch/core/media";
import type { CompareOutcome, Side } from "@glasswatch/pipeline/compare/compare";
import type { Paint } from "../human/paint.ts";
import { printable } from "../human/printable.ts";
import type { Look } from "../human/result-text.ts";
import { table } from "../human/table.ts";
import { formatDuration, formatNumber, formatTimeCode } from "../report/format.ts";

/** A comparison for people: what was compared, what was measured, and the verdict. */
export function comparisonText(
  comparison: Comparison,
  fingerprints: CompareOutcome["fingerprints"],
  { paint, width }: Look,
): string {
  const lines = [
    ...(["reference", "input"] as const).flatMap((side) => inputLines(side, comparison, fingerprints, paint)),
    "",
    ...table(measurementRows(comparison, paint), [{}, {}, {}], width),
    ...partLines(comparison, { paint, width }),
    ...(comparison.error ? [`  ${paint("red", "✖")} ${printable(comparison.error.message)}`] : []),
    verdictLine(comparison, paint),
  ];
  return `${lines.join("\n")}\n`;
}

function inputLines(
  side: Side,
  comparison: Comparison,
  fingerprints: CompareOutcome["fingerprints"],
  paint: Paint,
): readonly string[] {
  const fingerprint = fingerprints[side];
  const facts = fingerprint ? factsOf(fingerprint.media, fingerprint.durationSeconds) : "not read";
  return [`${paint("dim", side.padEnd(9))} ${paint("bold", printable(comparison[side]))}`, paint("dim", `  ${facts}`)];
}

function factsOf({ video, audio: [audio] }: MediaInfo, durationSeconds: number): string {
  const fps = video && video.fps > 0 ? ` ${formatNumber(video.fps)} fps` : "";
  return [
    formatDuration(durationSeconds),
    ...(video ? [`${video.codec} ${video.width}×${video.height}${fps}`] : []),
    ...(audio ? [`${audio.codec} ${audio.channels} ch ${formatNumber(audio.sampleRate / 1000)} kHz`] : []),
  ].join(" · ");
}

function measurementRows(comparison: Comparison, paint: Paint): readonly (readonly string[])[] {
  const { delaySeconds, driftPpm, avOffsetSeconds, levelDifferenceLu, confidence } = comparison;
  return [
    ["delay", delaySeconds === null ? "not measurable" : delayText(delaySeconds), sure(confidence.delay, paint)],
    ["drift", driftPpm === null ? "not measurable" : `${signed(driftPpm)} ppm`, sure(confidence.drift, paint)],
    [
      "A/V offset",
      avOffsetSeconds === null ? "not measurable" : offsetText(avOffsetSeconds),
      sure(confidence.avOffset, paint),
    ],
    ...(levelDifferenceLu === null ? [] : [["level", `${signed(levelDifferenceLu)} LU`, ""]]),
    ...qualityRows(comparison.picture, paint),
  ];
}

function qualityRows({ ssim, pairs, problem }: PictureQuality, paint: Paint): readonly (readonly string[])[] {
  if (problem === "framed-differently") return [["picture", "not comparable: only one of them has black bars", ""]];
  if (ssim === null) return [];
  const { mean, lowest } = ssim;
  const lowestText = `lowest ${formatNumber(lowest.value)} at ${formatTimeCode(lowest.atSeconds)}`;
  return [["picture", `SSIM ${formatNumber(mean)}, ${lowestText}`, paint("dim", `${pairs} pairs of pictures`)]];
}

function delayText(seconds: number): string {
  if (Math.abs(seconds) < 0.0005) return "none";
  return `${milliseconds(seconds)}, INPUT is ${seconds > 0 ? "later" : "earlier"}`;
}

function offsetText(seconds: number): string {
  if (Math.abs(seconds) < 0.0005) return "none";
  return `${milliseconds(seconds)}, sound is ${seconds > 0 ? "early" : "late"}`;
}

function milliseconds(seconds: number): string {
  return `${signed(Number((seconds * 1000).toFixed(1)))} ms`;
}

function signed(value: number): string {
  return value > 0 ? `+${formatNumber(value)}` : formatNumber(value);
}

function sure(confidence: number | null, paint: Paint): string {
  return confidence === null ? "" : paint("dim", `confidence ${formatNumber(confidence)}`);
}

function partLines({ missing, inserted }: Comparison, { paint, width }: Look): readonly string[] {
  const rows = [
    ...missing.map((part) => partRow("missing", part, paint)),
    ...inserted.map((part) => partRow("inserted", part, paint)),
  ];
  return table(rows, [{}, { align: "right" }, {}, {}], width);
}

const mediaWords = { video: "pictures", audio: "sound", both: "pictures and sound" } as const;

function partRow(kind: "missing" | "inserted", part: ComparedPart, paint: Paint): readonly string[] {
  const { startSeconds, endSeconds } = kind === "missing" ? part.reference : part.input;
  return [
    paint("red", `● ${kind}`),
    formatDuration(part.durationSeconds),
    mediaWords[part.media],
    `${formatTimeCode(startSeconds)} – ${formatTimeCode(endSeconds)} of ${kind === "missing" ? "REFERENCE" : "INPUT"}`,
  ];
}

function verdictLine({ verdict, reason, missing, inserted }: Comparison, paint: Paint): string {
  const { early, late } = avOffsetLimitsSeconds;
  const limits = `ITU-R BT.1359: ${signed(early * 1000)} / ${signed(late * 1000)} ms`;
  if (verdict === "inconclusive") return `  ${paint("yellow", "◐ inconclusive")}: ${printable(reason ?? "")}`;
  if (verdict === "out-of-sync") return `  ${paint("red", "● out of sync")} (${limits})`;
  if (missing.length + inserted.length === 0) return `  ${paint("green", "✓ in sync")} (${limits})`;
  return `  ${paint("red", "● not the same programme throughout")}; in sync where it is (${limits})`;
}
