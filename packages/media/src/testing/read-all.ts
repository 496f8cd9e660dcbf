import type { MediaInfo, MediaUnit, Picture, PictureFormat } from "@glasswatch/core/media";
import { openMedia } from "../open.ts";

/** A picture's small copy: its size, and the mean of each plane. */
export interface KeptSmall {
  readonly width: number;
  readonly height: number;
  readonly means: readonly number[];
}

/** What is kept of a unit after it was overwritten. */
export interface KeptUnit {
  readonly media: "video" | "audio";
  readonly track: number;
  readonly timeSeconds: number;
  readonly durationSeconds: number;
  readonly clockStepSeconds: number;
  readonly declaredDiscontinuity: boolean;
  readonly damaged: boolean;
  readonly format: PictureFormat | null;
  readonly small: KeptSmall | null;
  /** Mean of the luma's bytes, or root mean square of each channel. */
  readonly levels: readonly number[];
  readonly samples: number;
  readonly sampleRate: number;
}

export interface ReadOutcome {
  readonly info: MediaInfo | null;
  readonly units: readonly KeptUnit[];
  readonly errorCode: string | null;
  readonly message: string;
  /** Not one call of `next` answered with a promise. */
  readonly synchronous: boolean;
}

function keep(unit: MediaUnit): KeptUnit {
  const { track, timeSeconds, durationSeconds, clockStepSeconds, declaredDiscontinuity } = unit;
  const timing = { track, timeSeconds, durationSeconds, clockStepSeconds, declaredDiscontinuity };
  if (unit.kind === "sound") {
    const levels = unit.channels.map((samples) =>
      Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length)),
    );
    const { sampleRate, channels } = unit;
    const samples = channels[0]?.length ?? 0;
    return { ...timing, media: "audio", damaged: false, format: null, small: null, levels, samples, sampleRate };
  }
  const { damaged, format, luma } = unit;
  const rowBytes = format.width * (format.bitDepth > 8 ? 2 : 1);
  const levels = [meanOf(luma.bytes, luma.strideBytes, rowBytes, luma.rows)];
  return { ...timing, media: "video", damaged, format, small: smallOf(unit), levels, samples: 0, sampleRate: 0 };
}

/** Rows are padded, and the padding is not part of the picture. */
function meanOf(bytes: Uint8Array, strideBytes: number, rowBytes: number, rows: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    for (const value of bytes.subarray(row * strideBytes, row * strideBytes + rowBytes)) sum += value;
  }
  return sum / (rowBytes * rows);
}

function smallOf(picture: Picture): KeptSmall {
  const { width, height, planes, strides } = picture.readSmall();
  const means = planes.map((plane, i) => {
    const shift = i > 0 ? 1 : 0;
    return Math.round(meanOf(plane, strides[i] ?? 0, width >> shift, height >> shift));
  });
  return { width, height, means };
}

/** Reads an input to its end, or to what stops it. */
export async function readAll(
  input: string,
  range: { readonly fromSeconds?: number; readonly toSeconds?: number; readonly allowPrivate?: boolean } = {},
): Promise<ReadOutcome> {
  const units: KeptUnit[] = [];
  let info: MediaInfo | null = null;
  let synchronous = true;
  try {
    const reader = await openMedia(input, { allowPrivate: false, ...range });
    ({ info } = reader);
    try {
      for (;;) {
        const answer = reader.next();
        if (answer instanceof Promise) synchronous = false;
        const unit = answer instanceof Promise ? await answer : answer;
        if (!unit) break;
        units.push(keep(unit));
      }
    } finally {
      await reader.close();
    }
    return { info, units, errorCode: null, message: "", synchronous };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "thrown";
    return { info, units, errorCode: code, message: String(error), synchronous };
  }
}

export function unitsOf(outcome: ReadOutcome, media: "video" | "audio", track = 0): readonly KeptUnit[] {
  return outcome.units.filter((unit) => unit.media === media && unit.track === track);
}
