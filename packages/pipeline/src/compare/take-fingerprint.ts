import { GlasswatchError } from "@glasswatch/core/errors";
import type { AudioTrack, MediaReader, MediaUnit, Picture } from "@glasswatch/core/media";
import type { ScanResult } from "@glasswatch/core/scan-result";
import { openAudioFeatures } from "@glasswatch/kernels/audio-features";
import { fingerprintCells, openPictureFingerprinter } from "@glasswatch/kernels/picture-fingerprint";
import { openSoundFingerprinter } from "@glasswatch/kernels/sound-fingerprint";
import { openMedia } from "@glasswatch/media/open";
import { interruption } from "../interruption.ts";
import type { FingerprintPiece, FingerprintRequest, FromFingerprintProcess } from "./messages.ts";

export interface FingerprintEffects {
  readonly signal: AbortSignal;
  tell(message: Exclude<FromFingerprintProcess, { type: "taken" | "failed" | "fault" }>): void;
}

const breatheMs = 100;
const picturesPerPiece = 64;
/** Momentary loudness is kept every so many blocks of 10 ms: the overlap of 75 % of ITU-R BS.1770-4's gating blocks. */
const loudnessBlocks = 10;
const momentarySeconds = 0.4;

/**
 * Reads an input to its end and tells its fingerprint piece by piece.
 *
 * @returns how far it was read, and what ended it early
 * @throws GlasswatchError when the input cannot be opened
 */
export async function takeFingerprint(request: FingerprintRequest, effects: FingerprintEffects) {
  const { input, allowPrivate } = request;
  const reader = await openMedia(input, { allowPrivate, signal: effects.signal });
  try {
    effects.tell({ type: "opened", media: reader.info });
    return await readAll(reader, input, effects);
  } finally {
    await reader.close();
  }
}

async function readAll(reader: MediaReader, input: string, { signal, tell }: FingerprintEffects) {
  const { info } = reader;
  const [audio] = info.audio;
  const sound = audio && openSoundTaker(audio, tell);
  const pictures = openPictureTaker(tell);
  let durationSeconds = 0;
  let error: ScanResult["error"] = null;

  function push(unit: MediaUnit): void {
    if (unit.kind === "picture") pictures.push(unit);
    else if (unit.track === 0) sound?.push(unit);
    durationSeconds = Math.max(durationSeconds, unit.timeSeconds + unit.durationSeconds);
  }

  try {
    let breathedAtMs = performance.now();
    for (;;) {
      const coming = reader.next();
      const unit = coming instanceof Promise ? await coming : coming;
      if (!unit) break;
      push(unit);
      if (performance.now() - breathedAtMs < breatheMs) continue;
      tell({
        type: "progress",
        progress: { positionSeconds: durationSeconds, durationSeconds: info.durationSeconds },
      });
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      breathedAtMs = performance.now();
    }
  } catch (cause) {
    error = errorOf(cause, input, signal);
  }
  sound?.flush();
  pictures.flush();
  return { error, durationSeconds };
}

function openSoundTaker(track: AudioTrack, tell: (piece: FingerprintPiece) => void) {
  const fingerprinter = openSoundFingerprinter((startIndex, values) => tell({ type: "envelope", startIndex, values }));
  const times: number[] = [];
  const lufs: number[] = [];
  let blocks = 0;
  const meter = openAudioFeatures(track, () => {
    blocks++;
    if (blocks % loudnessBlocks !== 0) return;
    const { block, loudness } = meter.features;
    times.push(block.timeSeconds + block.durationSeconds - momentarySeconds / 2);
    lufs.push(loudness.momentaryLufs);
    if (times.length === 100) hand();
  });

  function hand(): void {
    tell({ type: "loudness", times: Float64Array.from(times.splice(0)), lufs: Float32Array.from(lufs.splice(0)) });
  }

  return {
    push(sound: Parameters<typeof meter.push>[0]) {
      fingerprinter.push(sound);
      meter.push(sound);
    },
    flush() {
      fingerprinter.flush();
      meter.flush();
      hand();
    },
  };
}

function openPictureTaker(tell: (piece: FingerprintPiece) => void) {
  const fingerprinter = openPictureFingerprinter();
  const times = new Float64Array(picturesPerPiece);
  const cells = new Uint16Array(picturesPerPiece * fingerprintCells);
  let held = 0;

  function flush(): void {
    if (held > 0) {
      tell({ type: "pictures", times: times.slice(0, held), cells: cells.slice(0, held * fingerprintCells) });
    }
    held = 0;
  }

  return {
    push(picture: Picture) {
      cells.set(fingerprinter.measure(picture), held * fingerprintCells);
      times[held] = picture.timeSeconds;
      held++;
      if (held === picturesPerPiece) flush();
    },
    flush,
  };
}

function errorOf(cause: unknown, input: string, signal: AbortSignal): NonNullable<ScanResult["error"]> {
  if (signal.aborted) return interruption(input);
  if (cause instanceof GlasswatchError) return { code: cause.code, message: cause.message };
  throw cause;
}
