import type { ReportInput, ReportSettings } from "@glasswatch/cli/report/report-input";
import type { AnyDetector } from "@glasswatch/core/detector";
import type { Finding } from "@glasswatch/core/finding";
import type { AudioTrack, MediaInfo } from "@glasswatch/core/media";
import type { Series } from "@glasswatch/core/series";
import type { ScanOutcome } from "@glasswatch/pipeline/scan-types";
import { z } from "zod";

type Words = Pick<AnyDetector, "id" | "title" | "why" | "media" | "standard" | "thresholds" | "lasting"> & {
  readonly method?: string;
};

const words: readonly Words[] = [
  {
    id: "frozen-picture",
    title: "Frozen picture",
    media: "video",
    why: "Viewers see a still where the programme should move, most often because a feed or an encoder stopped.",
    method: "Each picture is compared with the one at which it came to rest, block by block.",
    thresholds: { blockDifference: { option: "threshold", told: "below" } },
    lasting: "minimumSeconds",
    standard: "The largest 8×8 block's difference to the first still picture; 2, 10 and 30 s as broadcasters alarm on.",
  },
  {
    id: "black-picture",
    title: "Black picture",
    media: "video",
    why: "Viewers see nothing at all.",
    standard: "EBU QC 0015B",
  },
  {
    id: "flat-picture",
    title: "Flat picture",
    media: "video",
    why: "One colour fills the screen, as when a source is lost.",
  },
  { id: "test-pattern", title: "Test pattern", media: "video", why: "A line-up signal reached the audience." },
  { id: "audio-silence", title: "Silence", media: "audio", why: "Viewers hear nothing on any channel." },
  {
    id: "channel-silence",
    title: "Silent channel",
    media: "audio",
    why: "One loudspeaker stays silent while others play.",
  },
  { id: "audio-clipping", title: "Clipped sound", media: "audio", why: "Flattened peaks are heard as distortion." },
  {
    id: "phase-inversion",
    title: "Inverted phase",
    media: "audio",
    why: "Left and right cancel where they are summed to mono.",
  },
  {
    id: "loudness",
    title: "Loudness",
    media: "audio",
    why: "Programmes that differ in loudness make people reach for the remote.",
    standard: "EBU R 128, ITU-R BS.1770-4",
  },
  {
    id: "true-peak",
    title: "True peak",
    media: "audio",
    why: "Peaks between samples distort in converters and lossy codecs.",
    standard: "EBU R 128: −1 dBTP",
  },
  {
    id: "timestamp-jump",
    title: "Timestamp jump",
    media: "clock",
    why: "Players stall or skip where the clock steps.",
  },
  {
    id: "timestamp-gap",
    title: "Timestamp gap",
    media: "clock",
    why: "Media is missing where the clock leaves a hole.",
  },
];

const options = z.object({
  minimumSeconds: z
    .number()
    .default(2)
    .describe("Shortest defect that is told, in seconds. FFmpeg's freezedetect has the same."),
  threshold: z.number().default(1).describe("Level below which the defect begins, in the unit of the measurement."),
});

/** The detectors' words only: nothing here is ever opened. */
export const sampleDetectors: readonly AnyDetector[] = words.map(
  (own) =>
    ({
      method: "It is measured, and told beyond a threshold.",
      ...own,
      needs: [],
      options,
      open: () => ({ push: () => undefined, finish: () => undefined }),
    }) as AnyDetector,
);

type FindingWish = Pick<Finding, "kind" | "startSeconds" | "endSeconds" | "severity"> & Partial<Finding>;

/** A finding with believable measurements unless others are wished for. */
export function sampleFinding(wish: FindingWish, index = 0): Finding {
  const media = words.find(({ id }) => id === wish.kind)?.media === "audio" ? "audio" : "video";
  const level = { name: "level", value: -71.4, unit: "dBFS", threshold: -60 };
  const block = { name: "blockDifference", value: 0.4, unit: "code value", threshold: 1 };
  return {
    id: `finding-${index}`,
    subject: { media, track: 0 },
    confidence: 0.97,
    measurements: [media === "audio" ? level : block],
    revision: 2,
    ...wish,
  };
}

export interface OutcomeWish {
  readonly input?: string;
  readonly durationSeconds?: number;
  readonly video?: boolean;
  readonly audioLayouts?: readonly string[];
  readonly findings?: readonly FindingWish[];
  readonly error?: { readonly code: string; readonly message: string };
  readonly complete?: boolean;
  readonly detectors?: ScanOutcome["result"]["detectors"];
  readonly opened?: boolean;
  readonly coverage?: ScanOutcome["result"]["coverage"];
  readonly lightSpans?: ScanOutcome["lightSpans"];
}

/** What a scan might have come to. */
export function sampleOutcome(wish: OutcomeWish = {}): ScanOutcome {
  const { durationSeconds = 60, video = true, audioLayouts = ["stereo"], opened = true } = wish;
  const media = opened ? mediaOf(durationSeconds, video, audioLayouts) : null;
  return {
    result: {
      input: wish.input ?? "programme.ts",
      durationSeconds: opened ? durationSeconds * (wish.error ? 0.6 : 1) : null,
      complete: wish.complete ?? !wish.error,
      error: wish.error ?? null,
      video: media?.video ? { codec: "h264", width: 1920, height: 1080, fps: 25 } : null,
      audio: (media?.audio ?? []).map(({ track, codec, channels, sampleRate }) => ({
        track,
        codec,
        channels,
        sampleRate,
        integratedLufs: -21.3 - track,
        truePeakDbtp: -1.9,
      })),
      ...(wish.coverage && { coverage: wish.coverage }),
      detectors: wish.detectors ?? (opened ? sampleDetectors.map(({ id }) => ({ id, status: "ok" as const })) : []),
      findings: (wish.findings ?? []).map(sampleFinding),
    },
    media,
    series: media ? seriesOf(media, durationSeconds * (wish.error ? 0.6 : 1)) : [],
    snapshots: [],
    lightSpans: wish.lightSpans ?? [],
  };
}

function mediaOf(durationSeconds: number, video: boolean, layouts: readonly string[]): MediaInfo {
  const channels: Readonly<Record<string, number>> = { mono: 1, stereo: 2, "5.1": 6 };
  return {
    container: "mpegts",
    durationSeconds,
    live: false,
    video: video ? { track: 0, codec: "h264", width: 1920, height: 1080, fps: 25, pixelFormat: "yuv420p" } : null,
    audio: layouts.map(
      (channelLayout, track): AudioTrack => ({
        track,
        codec: "aac",
        channels: channels[channelLayout] ?? 2,
        sampleRate: 48_000,
        channelLayout,
        language: "eng",
      }),
    ),
  };
}

const stepsMost = 2400;

function seriesOf({ video, audio }: MediaInfo, durationSeconds: number): Series[] {
  const picture = { media: "video", track: 0, durationSeconds, unit: "code value" } as const;
  return [
    ...(video
      ? [
          series({ ...picture, name: "luma", value: (t) => 110 + 40 * Math.sin(t * 7) + 25 * noise(t), spread: 4 }),
          series({
            ...picture,
            name: "motion",
            value: (t) => (noise(t * 3) > 0.97 ? 60 : 2 + 2 * noise(t * 2)),
            spread: 2,
          }),
        ]
      : []),
    ...audio.flatMap(({ track }) => {
      const sound = { media: "audio", track, durationSeconds } as const;
      return [
        series({
          ...sound,
          name: "loudness-momentary",
          unit: "LUFS",
          value: (t) => -23 + 5 * Math.sin(t * 31) - 6 * noise(t),
          spread: 2,
        }),
        series({
          ...sound,
          name: "loudness-short-term",
          unit: "LUFS",
          value: (t) => -23 + 3 * Math.sin(t * 11),
          spread: 0.4,
        }),
        series({
          ...sound,
          name: "true-peak",
          unit: "dBTP",
          value: (t) => -8 + 5 * Math.sin(t * 40) - 4 * noise(t),
          spread: 3,
        }),
      ];
    }),
  ];
}

interface SeriesWish extends Pick<Series, "name" | "unit" | "media" | "track"> {
  readonly durationSeconds: number;
  /** Of the position, from 0 to 1. */
  readonly value: (position: number) => number;
  readonly spread: number;
}

/** With a gap at 40 to 42% of the length. */
function series({ durationSeconds, value, spread, ...label }: SeriesWish): Series {
  const stepSeconds = Math.max(0.04, durationSeconds / stepsMost);
  const positions = Array.from(
    { length: Math.round(durationSeconds / stepSeconds) },
    (_, i) => (i * stepSeconds) / durationSeconds,
  );
  const gap = (position: number) => position > 0.4 && position < 0.42;
  return {
    ...label,
    stepSeconds,
    minimum: positions.map((position) => (gap(position) ? null : value(position) - spread)),
    maximum: positions.map((position) => (gap(position) ? null : value(position) + spread)),
  };
}

/** Repeatable, from 0 to 1. */
function noise(position: number): number {
  const value = Math.sin(position * 12_989.8) * 43_758.5453;
  return value - Math.floor(value);
}

export const sampleSettings: ReportSettings = {
  plans: sampleDetectors.map(({ id }) => ({ id, options: options.parse({}) })),
  ignore: [],
  failOn: "major",
};

/** Everything a report is made of. */
export function sampleReport(outcomes: readonly ScanOutcome[], changes: Partial<ReportInput> = {}): ReportInput {
  return {
    outcomes,
    detectors: sampleDetectors,
    settings: sampleSettings,
    thumbnails: { byOutcome: [] },
    generatedAt: new Date("2026-03-01T12:34:56Z"),
    version: "0.1.0",
    ...changes,
  };
}
