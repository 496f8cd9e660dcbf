import { avOffsetLimitsSeconds, type ComparedTrack, type Comparison } from "@glasswatch/core/comparison";
import type { Alignment, TrackAlignment } from "./align/align-fingerprints.ts";
import type { RunLine } from "./align/offset-at.ts";
import { weightedMedian } from "./align/statistics.ts";
import { joinParts } from "./join-parts.ts";
import { inconclusiveReason } from "./reason.ts";

/** A drift that is less exact, as that of short clips, is not told: clocks are off by no more than this (standard error). */
const mostDriftError = 1e-4;

/** What an alignment says, in the words of a comparison. */
export type Judged = Omit<Comparison, "schemaVersion" | "reference" | "input" | "picture" | "error">;

/** Shorter stretches with another A/V offset are told and judge nothing. */
const leastJudgedSeconds = 1;

/** Below this, windows scatter by more than the 10 ms that an offset is told to, or another delay fits nearly as well. */
const leastConfidence = 0.4;

export function judge(alignment: Alignment): Judged {
  const { picture, sound, levelDifferenceLu } = alignment;
  const video = trackOf(picture);
  const audio = trackOf(sound);
  const lead = leadOf(video, audio);
  const offsets = avOffsets(alignment);
  const judged = offsets.filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds >= leastJudgedSeconds);
  const confidence = lowest(video.confidence, audio.confidence);
  const isSure = judged.length > 0 && confidence !== null && confidence >= leastConfidence;
  const exact = driftSource(alignment);
  const { missing, inserted } = joinParts(alignment);
  return {
    verdict: isSure ? (judged.every(isWithinLimits) ? "in-sync" : "out-of-sync") : "inconclusive",
    reason: isSure ? null : inconclusiveReason(alignment),
    delaySeconds: lead.delaySeconds,
    driftPpm: exact.driftPpm,
    avOffsetSeconds: isSure ? rounded(usualOffset(judged), 4) : null,
    confidence: { delay: lead.confidence, drift: exact.confidence, avOffset: isSure ? confidence : null },
    avOffsets: isSure ? offsets : [],
    video,
    audio,
    common: commonOf(alignment),
    missing,
    inserted,
    levelDifferenceLu: rounded(levelDifferenceLu, 1),
  };
}

/** The pictures, but for those that tell little where the sound tells more. */
function leadOf(video: ComparedTrack, audio: ComparedTrack): ComparedTrack {
  const seen = video.confidence ?? -1;
  const heard = audio.confidence ?? -1;
  return seen >= leastConfidence || seen >= heard ? video : audio;
}

function trackOf(track: TrackAlignment): ComparedTrack {
  if (track.problem !== null) {
    return { delaySeconds: null, driftPpm: null, confidence: null, problem: track.problem };
  }
  const [first] = track.lines;
  const { drift, confidence } = track.map;
  return {
    delaySeconds: first ? rounded(first.at(first.fromSeconds), 4) : null,
    driftPpm: drift && drift.error <= mostDriftError ? rounded(drift.slope * 1e6, 0) : null,
    confidence: rounded(confidence, 2),
    problem: null,
  };
}

/** The drift is that of the track that tells it most exactly. */
function driftSource({ picture, sound }: Alignment): { driftPpm: number | null; confidence: number | null } {
  const [exact] = [picture, sound]
    .flatMap((track) => (track.problem === null && track.map.drift ? [{ track, drift: track.map.drift }] : []))
    .toSorted((a, b) => a.drift.error - b.drift.error);
  if (!exact || exact.drift.error > mostDriftError) return { driftPpm: null, confidence: null };
  return {
    driftPpm: rounded(exact.drift.slope * 1e6, 0),
    confidence: rounded(exact.track.map.confidence / (1 + exact.drift.error / 1e-4), 2),
  };
}

function avOffsets({ picture, sound }: Alignment): Comparison["avOffsets"] {
  if (picture.problem !== null || sound.problem !== null) return [];
  return picture.lines.flatMap((seen) =>
    sound.lines.flatMap((heard) => {
      const startSeconds = Math.max(seen.fromSeconds, heard.fromSeconds);
      const endSeconds = Math.min(seen.toSeconds, heard.toSeconds);
      const middle = (startSeconds + endSeconds) / 2;
      if (endSeconds <= startSeconds) return [];
      return [
        {
          startSeconds: rounded(startSeconds, 3),
          endSeconds: rounded(endSeconds, 3),
          avOffsetSeconds: rounded(seen.at(middle) - heard.at(middle), 4),
        },
      ];
    }),
  );
}

function isWithinLimits({ avOffsetSeconds }: { readonly avOffsetSeconds: number }): boolean {
  return avOffsetSeconds <= avOffsetLimitsSeconds.early && avOffsetSeconds >= avOffsetLimitsSeconds.late;
}

/** The median over time. */
function usualOffset(offsets: Comparison["avOffsets"]): number {
  return weightedMedian(
    offsets.map(({ avOffsetSeconds, startSeconds, endSeconds }) => ({
      value: avOffsetSeconds,
      weight: endSeconds - startSeconds,
    })),
  );
}

function commonOf({ picture, sound }: Alignment): Comparison["common"] {
  const lines: RunLine[] = [picture, sound].flatMap((track) => (track.problem === null ? track.lines : []));
  const first = lines.toSorted((a, b) => a.fromSeconds - b.fromSeconds)[0];
  const last = lines.toSorted((a, b) => b.toSeconds - a.toSeconds)[0];
  if (!first || !last) return null;
  const [start, end] = [first.fromSeconds, last.toSeconds];
  return {
    reference: { startSeconds: rounded(start, 3), endSeconds: rounded(end, 3) },
    input: { startSeconds: rounded(start + first.at(start), 3), endSeconds: rounded(end + last.at(end), 3) },
  };
}

function lowest(...values: readonly (number | null)[]): number | null {
  return values.reduce((least, value) => (least === null || value === null ? null : Math.min(least, value)), 1);
}

function rounded(value: number, digits: number): number;
function rounded(value: number | null, digits: number): number | null;
function rounded(value: number | null, digits: number): number | null {
  // Adding 0 turns −0 into 0.
  return value === null || !Number.isFinite(value) ? null : Number(value.toFixed(digits)) + 0;
}
