import { type Coherence, openCoherence } from "./coherence.ts";
import { openSpectrum } from "./spectrum.ts";

/** A mains frequency and its harmonics, as they stand over the last seconds. */
export interface Comb {
  /** Of the lines that are there, together; mean square. */
  readonly power: number;
  /** How many there are. */
  readonly lines: number;
  readonly fundamentalHz: number;
  /** Over how many frames they were followed. */
  readonly frames: number;
}

export interface HumLines {
  /** Takes the frame that ends with the ring's newest sample, at `from` + size − 1. */
  add(ring: Float32Array, from: number): void;
  /** What the lines of one mains frequency have in common at the latest frame; undefined where there is no hum. */
  judge(): Comb | undefined;
  readonly keptFrames: number;
  /** Power, in the frame so many frames ago, of the lines that `judge` found last. */
  powerAt(framesAgo: number): number;
  restart(): void;
}

export const frameSamples = 1024;
export const hopSamples = frameSamples / 4;

const harmonics = 6;
const mains = [50, 60] as const;
/**
 * How far the mains wander, Hz: ENTSO-E keeps them within 0.05 but for minutes a day, NERC closer, and clocks of recorders
 * add 0.01.
 */
const maxDeviationHz = 0.1;
const deviationStepHz = 0.01;
/**
 * Frames, and how coherent the lines have to be over them. Measured on three hours of music and ambience, as they are and 7 %
 * slower and 6 % faster, so that other notes lie on the lines: without hum, the second line of six that keeps the other
 * conditions reaches 0.91 (once; then 0.85), 0.78, 0.67, 0.61 and 0.63; with hum 20 dB below loud music it is at 0.93, 0.91,
 * 0.87, 0.87 and 0.87.
 */
const spans = [
  { frames: 20, coherence: 0.92 },
  { frames: 28, coherence: 0.84 },
  { frames: 36, coherence: 0.79 },
  { frames: 44, coherence: 0.74 },
  { frames: 52, coherence: 0.7 },
] as const;
const mostFrames = 52;
/** A line whose neighbours, 1.5 to 4.4 Hz away, are as steady and nearly as strong, −9 dB, is one of a rhythm's. */
const neighbourBins = [-4, -3, -2, 2, 3, 4] as const;
const neighbourCoherence = 0.7;
const neighbourShare = 0.35;

interface Line {
  readonly hertz: number;
  readonly order: number;
  readonly bin: number;
  /** A sine of this frequency shows so much weaker in its bin. */
  readonly gain: number;
}

interface Steady {
  readonly line: Line;
  /** Of the sine. */
  readonly amplitude: number;
}

/** @param rate samples a second, about 1000 */
export function openHumLines(rate: number, minLines: number): HumLines {
  const spectrum = openSpectrum(frameSamples);
  const hopSeconds = hopSamples / rate;
  const hertzPerBin = rate / frameSamples;
  const bins = Math.ceil((harmonics * 60) / hertzPerBin) + 5;
  const history = new Float64Array(2 * bins * mostFrames);
  const combs = mains.map((mainsHz) =>
    Array.from({ length: harmonics }, (_, k) => lineAt(mainsHz * (k + 1), k + 1)).filter(
      ({ hertz }) => hertz < 0.4 * rate,
    ),
  );
  const steps = Math.round((2 * maxDeviationHz) / deviationStepHz) + 1;
  const found = combs.map((lines) => lines.map(() => new Float64Array(steps)));
  const ranked = new Float64Array(harmonics);
  const coherences = combs.map((lines) => lines.map(() => openCoherence(mostFrames)));
  const beside = openCoherence(mostFrames);
  let held: readonly Steady[] = [];
  let deviationHz = 0;
  let count = 0;

  function lineAt(hertz: number, order: number): Line {
    const bin = Math.round(hertz / hertzPerBin);
    const off = hertz / hertzPerBin - bin;
    const gain = off === 0 ? 1 : Math.sin(Math.PI * off) / (Math.PI * off) / (1 - off * off);
    return { hertz, order, bin, gain };
  }

  function load(coherence: Coherence, bin: number, frames: number): void {
    coherence.clear();
    for (let frame = count - frames; frame < count; frame++) {
      const at = 2 * (bins * (frame % mostFrames) + bin);
      coherence.add(history[at] as number, history[at + 1] as number);
    }
    coherence.limit();
  }

  function isOfRhythm({ bin, gain }: Line, amplitude: number, frames: number): boolean {
    const step = 1 / (2 * frames * hopSeconds);
    for (const offset of neighbourBins) {
      load(beside, bin + offset, frames);
      const center = (bin + offset) * hertzPerBin;
      for (let hertz = center - hertzPerBin / 2; hertz <= center + hertzPerBin / 2; hertz += step) {
        const isSteady = beside.at(hertz * hopSeconds) > neighbourCoherence;
        if (isSteady && beside.amplitude > neighbourShare * amplitude * gain) return true;
      }
    }
    return false;
  }

  /** At the deviation at which so many lines as are wanted are the most coherent. */
  function steadyOf(comb: number, { frames, coherence }: (typeof spans)[number]): readonly Steady[] {
    const lines = combs[comb] as readonly Line[];
    const own = found[comb] as readonly Float64Array[];
    const mainsHz = mains[comb] as number;
    for (let k = 0; k < lines.length; k++) {
      const { bin, order } = lines[k] as Line;
      const each = coherences[comb]?.[k] as Coherence;
      load(each, bin, frames);
      for (let i = 0; i < steps; i++) {
        const hertz = order * (mainsHz + i * deviationStepHz - maxDeviationHz);
        (own[k] as Float64Array)[i] = each.at(hertz * hopSeconds);
      }
    }
    let best = 0;
    let most = 0;
    for (let i = 0; i < steps; i++) {
      for (let k = 0; k < harmonics; k++) ranked[k] = own[k]?.[i] ?? 0;
      ranked.sort();
      const least = ranked[harmonics - minLines] ?? 0;
      if (least > most) {
        most = least;
        best = i;
      }
    }
    if (most < coherence) return [];
    deviationHz = best * deviationStepHz - maxDeviationHz;
    return lines.flatMap((line, k) => {
      if ((own[k]?.[best] ?? 0) < coherence) return [];
      const each = coherences[comb]?.[k] as Coherence;
      each.at(line.order * (mainsHz + deviationHz) * hopSeconds);
      const amplitude = each.amplitude / line.gain;
      return isOfRhythm(line, amplitude, frames) ? [] : [{ line, amplitude }];
    });
  }

  return {
    get keptFrames() {
      return Math.min(count, mostFrames);
    },
    add(ring, from) {
      spectrum.measure(ring, from);
      const at = 2 * bins * (count % mostFrames);
      for (let i = 0; i < 2 * bins; i++) history[at + i] = (4 / frameSamples) * (spectrum.bins[i] as number);
      count++;
    },
    judge() {
      for (const span of spans) {
        if (count < span.frames) return undefined;
        for (let comb = 0; comb < combs.length; comb++) {
          const steady = steadyOf(comb, span);
          if (steady.length < minLines) continue;
          held = steady;
          return {
            power: steady.reduce((sum, { amplitude }) => sum + amplitude ** 2 / 2, 0),
            lines: steady.length,
            fundamentalHz: (mains[comb] as number) + deviationHz,
            frames: span.frames,
          };
        }
      }
      return undefined;
    },
    powerAt(framesAgo) {
      const at = 2 * bins * ((count - 1 - framesAgo) % mostFrames);
      let power = 0;
      for (const { line } of held) {
        const re = (history[at + 2 * line.bin] as number) / line.gain;
        const im = (history[at + 2 * line.bin + 1] as number) / line.gain;
        power += (re * re + im * im) / 2;
      }
      return power;
    },
    restart() {
      count = 0;
      held = [];
    },
  };
}
