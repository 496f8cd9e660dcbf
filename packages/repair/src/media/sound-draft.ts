import { pipeline, type Readable, Transform } from "node:stream";
import { decodeSound } from "@glasswatch/media/decode-sound";
import { copyAll, fileInput, muxing, runFfmpeg } from "./ffmpeg-job.ts";
import { ImpossibleError, type Job, type SoundDraft, type SoundPatch } from "./media-action.ts";
import { soundEncoding } from "./sound-encoder.ts";

const bytesPerSample = 4;

/** What decoders and rounding may add to a file's length. */
const slackSeconds = 2;

/**
 * A draft's samples with its patches, 32-bit floats with interleaved channels; its filters are for whom reads it.
 *
 * The stream fails with an ImpossibleError where the track's clock jumps ahead: what is missing would be hours of silence.
 */
export function readDraft({ file, track, durationSeconds, patches }: SoundDraft, signal?: AbortSignal): Readable {
  const mostFrames = (durationSeconds + slackSeconds) * track.sampleRate;
  return pipeline(decodeSound(file, track, signal), patching(patches, track.channels, mostFrames), () => {});
}

export const clockJumpsReason =
  "its clock jumps, so that where its samples belong is not known; make it again from its source";

/** What the ffmpeg program has to be told of samples that come from `readDraft`. */
export function draftInputOptions({ track }: SoundDraft): readonly string[] {
  const { sampleRate, channels } = track;
  return ["-f", "f32le", "-ar", String(sampleRate), "-ac", String(channels), ...layoutOptions(track.channelLayout)];
}

/** Layouts without a name ("2 channels") are for the number of channels to tell. */
function layoutOptions(layout: string): readonly string[] {
  return /^\d+ channels/.test(layout) ? [] : ["-channel_layout", layout];
}

/**
 * Writes the file with a track encoded from the draft, and all else copied.
 *
 * @throws ImpossibleError where there is no encoder for the track's codec
 */
export async function writeDraft(draft: SoundDraft, { file, outputPath, muxer, signal }: Job): Promise<void> {
  const { track, filters } = draft;
  const encoding = soundEncoding(track);
  if (!encoding) throw new ImpossibleError(`sound in ${track.codec} cannot be encoded again`);
  const place = `a:${track.track}`;
  const startSeconds = track.startSeconds + file.origin.programSeconds;
  const maps = file.sounds.flatMap(({ index }) => (index === track.index ? ["-map", "1:a"] : ["-map", `0:${index}`]));
  await runFfmpeg(
    {
      inputs: [
        fileInput(file),
        {
          source: readDraft(draft, signal),
          options: ["-itsoffset", startSeconds.toFixed(6), ...draftInputOptions(draft)],
        },
      ],
      options: [
        ...["-map", "0:v?", ...maps, ...copyAll.slice(copyAll.indexOf("0:s?") - 1)],
        ...encoding.options.map((option) => (option.startsWith("-") ? option.replace(/:a$/, `:${place}`) : option)),
        ...(filters.length === 0 ? [] : [`-filter:${place}`, [...filters, back(track.sampleRate)].join(",")]),
        ...["-map_metadata", "0", `-map_metadata:s:${place}`, `0:s:${track.index}`],
        ...[`-disposition:${place}`, String(track.disposition)],
        ...muxing(muxer),
      ],
      outputPath,
    },
    signal,
  );
}

/** Filters may have worked at another rate. */
function back(sampleRate: number): string {
  return `aresample=${sampleRate}`;
}

/** Puts patches in the place of what passes by. */
function patching(patches: readonly SoundPatch[], channels: number, mostFrames: number): Transform {
  const frameBytes = bytesPerSample * channels;
  let firstFrame = 0;
  let rest: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const joined = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const whole = joined.length - (joined.length % frameBytes);
      // A copy, because what is decoded may share its memory.
      const frames = Buffer.from(joined.subarray(0, whole));
      rest = joined.subarray(whole);
      for (const patch of patches) apply(patch, frames, firstFrame, channels);
      firstFrame += whole / frameBytes;
      if (firstFrame > mostFrames) done(new ImpossibleError(clockJumpsReason));
      else done(null, frames);
    },
  });
}

function apply({ channel, startSample, samples }: SoundPatch, frames: Buffer, firstFrame: number, channels: number) {
  const count = frames.length / (bytesPerSample * channels);
  const from = Math.max(startSample, firstFrame);
  const to = Math.min(startSample + samples.length, firstFrame + count);
  for (let frame = from; frame < to; frame++) {
    const place = ((frame - firstFrame) * channels + channel) * bytesPerSample;
    frames.writeFloatLE(samples[frame - startSample] as number, place);
  }
}

/** A stretch of a draft, a float array for each channel. */
export interface Stretch {
  readonly startSample: number;
  readonly channels: readonly Float32Array[];
}

/** Stretches of a draft by their first and last sample; what lies beyond its ends is left out. */
export async function readStretches(
  draft: SoundDraft,
  spans: readonly { readonly from: number; readonly to: number }[],
  signal?: AbortSignal,
): Promise<readonly Stretch[]> {
  const { channels } = draft.track;
  const frameBytes = bytesPerSample * channels;
  const stretches = spans.map(({ from, to }) => ({
    from: Math.max(0, from),
    frames: Buffer.alloc(Math.max(0, to - Math.max(0, from)) * frameBytes),
    filled: 0,
  }));
  let at = 0;
  for await (const chunk of readDraft(draft, signal)) {
    const bytes = chunk as Buffer;
    for (const stretch of stretches) {
      const from = stretch.from * frameBytes;
      const start = Math.max(from, at);
      const end = Math.min(from + stretch.frames.length, at + bytes.length);
      if (start < end) {
        bytes.copy(stretch.frames, start - from, start - at, end - at);
        stretch.filled = end - from;
      }
    }
    at += bytes.length;
  }
  return stretches.map(({ from, frames, filled }) => ({
    startSample: from,
    channels: deinterleave(frames.subarray(0, filled - (filled % frameBytes)), channels),
  }));
}

function deinterleave(frames: Buffer, channels: number): readonly Float32Array[] {
  const count = frames.length / (bytesPerSample * channels);
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length: count }, (_, i) => frames.readFloatLE((i * channels + channel) * bytesPerSample)),
  );
}
