/** The signals of EBU Tech 3341 and 3342 that can be synthesised; 3341's cases 7 and 8 and 3342's 5 and 6 are recordings. */

export const complianceRate = 48_000;

/** A stretch of a sine of 1 kHz, in phase on all channels. */
export interface ToneSegment {
  readonly seconds: number;
  /** Peak level per channel; a single one is for left and right. */
  readonly dbfs: readonly number[];
}

const silence = Number.NEGATIVE_INFINITY;

export const tone = (seconds: number, ...dbfs: readonly number[]): ToneSegment => ({ seconds, dbfs });
export const pause = (seconds: number): ToneSegment => tone(seconds, silence);
export const repeated = (times: number, ...segments: readonly ToneSegment[]): readonly ToneSegment[] =>
  Array.from({ length: times }, () => segments).flat();

/** One array a channel. */
export type Channels = readonly Float32Array[];

export function tones(segments: readonly ToneSegment[]): Channels {
  const count = segments[0]?.dbfs.length === 1 ? 2 : (segments[0]?.dbfs.length ?? 0);
  const lengths = segments.map(({ seconds }) => Math.round(seconds * complianceRate));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return Array.from({ length: count }, (_, channel) => {
    const samples = new Float32Array(total);
    let at = 0;
    segments.forEach(({ dbfs }, index) => {
      const gain = 10 ** ((dbfs[channel] ?? dbfs[0] ?? silence) / 20);
      for (const end = at + (lengths[index] ?? 0); at < end; at++) {
        samples[at] = gain * Math.sin((2 * Math.PI * 1000 * at) / complianceRate);
      }
    });
    return samples;
  });
}

/** A second of one wave, faded in and out over a tenth. */
export function wave(amplitudeAt: (sample: number) => number): Channels {
  const edge = complianceRate / 10;
  const fade = (n: number) => Math.min(1, n / edge, (complianceRate - n) / edge);
  return [Float32Array.from({ length: complianceRate }, (_, n) => fade(n) * amplitudeAt(n))];
}

/** `divisor`: the frequency is the sampling rate over this. */
export function sine(divisor: number, amplitude: number, degrees: number): Channels {
  return wave((n) => amplitude * Math.sin((2 * Math.PI * n) / divisor + (degrees * Math.PI) / 180));
}

/** A full-scale crest that lies `quarters` of a sample beside one, as decimating by 4 leaves it. */
export function crest(quarters: number): Channels {
  return wave((n) => {
    const t = n - complianceRate / 2 + quarters / 4;
    return (0.5 + 0.5 * Math.exp(-((t / 12) ** 2))) * Math.cos((2 * Math.PI * t) / 6);
  });
}

/** Where each speaker's bit is in a WAVE_FORMAT_EXTENSIBLE channel mask: mono, stereo, 5.0 and 5.1. */
const masks: Readonly<Record<number, number>> = { 1: 0x4, 2: 0x3, 5: 0x37, 6: 0x3f };

/** A WAV file of 32-bit floats. */
export function wavFile(channels: Channels): Buffer {
  const frames = channels[0]?.length ?? 0;
  const frameBytes = 4 * channels.length;
  const header = Buffer.alloc(68);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(60 + frames * frameBytes, 4);
  header.write("WAVEfmt ", 8, "latin1");
  header.writeUInt32LE(40, 16);
  header.writeUInt16LE(0xfffe, 20);
  header.writeUInt16LE(channels.length, 22);
  header.writeUInt32LE(complianceRate, 24);
  header.writeUInt32LE(complianceRate * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(32, 34);
  header.writeUInt16LE(22, 36);
  header.writeUInt16LE(32, 38);
  header.writeUInt32LE(masks[channels.length] ?? 0, 40);
  // KSDATAFORMAT_SUBTYPE_IEEE_FLOAT.
  header.write("0300000000001000800000aa00389b71", 44, "hex");
  header.write("data", 60, "latin1");
  header.writeUInt32LE(frames * frameBytes, 64);
  const samples = new Float32Array(frames * channels.length);
  channels.forEach((channel, c) => {
    for (let i = 0; i < frames; i++) samples[i * channels.length + c] = channel[i] as number;
  });
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}
