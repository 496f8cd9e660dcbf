import type { MediaInfo } from "@glasswatch/core/media";
import type { ScanResult } from "@glasswatch/core/scan-result";
import { envelopeBands } from "@glasswatch/kernels/sound-fingerprint";
import { interruption } from "../interruption.ts";
import type { ScanProgress } from "../scan-types.ts";
import { faultOf, processError, startSupervised } from "../supervised-process.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { growing } from "./growing.ts";
import type {
  FingerprintEnding,
  FingerprintRequest,
  FromFingerprintProcess,
  ToFingerprintProcess,
} from "./messages.ts";

export interface FingerprintReading {
  /** Null where the input could not be opened; of what was read where it was cut short. */
  readonly fingerprint: Fingerprint | null;
  readonly error: ScanResult["error"];
}

export interface ReadingEffects {
  readonly signal?: AbortSignal;
  onProgress?(progress: Omit<ScanProgress, "findings">): void;
}

const entry = new URL("./fingerprint-process.ts", import.meta.url);

/**
 * Takes the fingerprint of one input in a process of its own. An input that is bad, cut short or deadly to the decoder is
 * told of in `error`.
 *
 * @throws Error only for a fault of Glasswatch itself
 */
export async function readFingerprint(request: FingerprintRequest, effects: ReadingEffects) {
  const { input } = request;
  if (effects.signal?.aborted) return { fingerprint: null, error: interruption(input) };
  const envelope = growing((length) => new Uint8Array(length));
  const loudnessTimes = growing((length) => new Float64Array(length));
  const lufs = growing((length) => new Float32Array(length));
  const pictureTimes = growing((length) => new Float64Array(length));
  const cells = growing((length) => new Uint16Array(length));
  let media: MediaInfo | undefined;
  let durationSeconds = 0;

  const { ended } = startSupervised<ToFingerprintProcess, FromFingerprintProcess, FingerprintEnding>({
    entry,
    start: { type: "start", request },
    stop: { type: "stop" },
    signal: effects.signal,
    isLast,
    onMessage(message) {
      if (message.type === "opened") media = message.media;
      if (message.type === "progress") {
        durationSeconds = message.progress.positionSeconds;
        effects.onProgress?.(message.progress);
      }
      if (message.type === "envelope" && message.startIndex >= 0) {
        envelope.put(message.startIndex * envelopeBands, Uint8Array.from(message.values));
      }
      if (message.type === "loudness") {
        loudnessTimes.append(Float64Array.from(message.times));
        lufs.append(Float32Array.from(message.lufs));
      }
      if (message.type === "pictures") {
        pictureTimes.append(Float64Array.from(message.times));
        cells.append(Uint16Array.from(message.cells));
      }
    },
  });
  const ending = await ended;

  function reading(error: ScanResult["error"]): FingerprintReading {
    if (!media) return { fingerprint: null, error };
    const heard = envelope.values().length > 0;
    const seen = pictureTimes.values().length > 0;
    const loudness = { times: loudnessTimes.values(), lufs: lufs.values() };
    return {
      fingerprint: {
        media,
        durationSeconds,
        sound: heard ? { envelope: envelope.values(), loudness } : null,
        picture: seen ? { times: pictureTimes.values(), cells: cells.values() } : null,
      },
      error,
    };
  }

  if (ending.how === "stopped") return reading(interruption(input));
  if (ending.how !== "told") {
    const { code, message } = processError(input, ending);
    return reading({ code, message });
  }
  if (ending.last.type === "fault") throw faultOf(ending.last);
  if (ending.last.type === "failed") return reading(ending.last.error);
  ({ durationSeconds } = ending.last);
  return reading(ending.last.error);
}

function isLast(message: FromFingerprintProcess): message is FingerprintEnding {
  return message.type === "taken" || message.type === "failed" || message.type === "fault";
}
