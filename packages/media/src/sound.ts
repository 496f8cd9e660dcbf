import type { Sound } from "@glasswatch/core/media";
import { AV_SAMPLE_FMT_FLTP, type AVSampleFormat } from "node-av/constants";
import { avChannelLayoutDefault, type Frame, SoftwareResampleContext } from "node-av/lib";
import type { MutableTiming } from "./timed-unit.ts";

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The one stretch of sound of a track, overwritten for each frame. */
export type MutableSound = MutableTiming & Mutable<Sound>;

/** Turns the decoder's frames of one track into planar float sound. */
export interface SoundMaker {
  readonly unit: MutableSound;
  /**
   * Fills the unit but for its timing. Its samples live as long as the frame, or until the next call.
   *
   * @returns samples per channel
   */
  fill(frame: Frame): number;
  close(): void;
}

interface Converter {
  readonly sampleFormat: AVSampleFormat;
  readonly channels: number;
  readonly sampleRate: number;
  /** Converted samples, one array a channel, valid until the next call. */
  convert(buffers: Buffer[], samples: number): readonly Float32Array<ArrayBuffer>[];
  close(): void;
}

function createConverter(sampleFormat: AVSampleFormat, channels: number, sampleRate: number): Converter {
  // The layout is the same on both sides, so that nothing is mixed; which layout it is does not matter then.
  const layout = avChannelLayoutDefault(channels);
  const resampler = new SoftwareResampleContext();
  resampler.allocSetOpts2(layout, AV_SAMPLE_FMT_FLTP, sampleRate, layout, sampleFormat, sampleRate);
  resampler.init();
  let capacity = 0;
  let output: readonly Float32Array<ArrayBuffer>[] = [];
  let outputBytes: Buffer[] = [];

  return {
    sampleFormat,
    channels,
    sampleRate,
    convert(buffers, samples) {
      if (samples > capacity) {
        capacity = samples;
        output = Array.from({ length: channels }, () => new Float32Array(capacity));
        outputBytes = output.map((channel) => Buffer.from(channel.buffer));
      }
      resampler.convertSync(outputBytes, samples, buffers, samples);
      return output;
    },
    close() {
      resampler.free();
    },
  };
}

export function createSoundMaker(track: number): SoundMaker {
  const channels: Float32Array[] = [];
  let converter: Converter | undefined;
  const unit: MutableSound = {
    kind: "sound",
    track,
    timeSeconds: 0,
    durationSeconds: 0,
    clockStepSeconds: 0,
    declaredDiscontinuity: false,
    sampleRate: 0,
    channels,
  };

  function converterFor(sampleFormat: AVSampleFormat, count: number, sampleRate: number): Converter {
    const fits =
      converter?.sampleFormat === sampleFormat && converter.channels === count && converter.sampleRate === sampleRate;
    if (converter && fits) return converter;
    converter?.close();
    converter = createConverter(sampleFormat, count, sampleRate);
    return converter;
  }

  function fill(frame: Frame): number {
    const samples = frame.nbSamples;
    const sampleFormat = frame.format as AVSampleFormat;
    const buffers = frame.extendedData ?? [];
    const count = frame.channels;
    unit.sampleRate = frame.sampleRate;
    channels.length = count;
    if (sampleFormat === AV_SAMPLE_FMT_FLTP) {
      for (let channel = 0; channel < count; channel++) {
        const bytes = buffers[channel] as Buffer;
        channels[channel] = new Float32Array(bytes.buffer, bytes.byteOffset, samples);
      }
      return samples;
    }
    const converted = converterFor(sampleFormat, count, unit.sampleRate).convert(buffers, samples);
    for (let channel = 0; channel < count; channel++) {
      channels[channel] = (converted[channel] as Float32Array).subarray(0, samples);
    }
    return samples;
  }

  return {
    unit,
    fill,
    close() {
      converter?.close();
    },
  };
}
