/** ITU-R BS.1770-4 Annex 1: gates of integrated loudness. */
const absoluteGateLufs = -70;
const relativeGateLu = -10;
/** EBU Tech 3342: the range's own relative gate, and the percentiles it lies between. */
const rangeGateLu = -20;
const rangePercentiles = [0.1, 0.95] as const;

const momentaryBlocks = 40;
const shortTermBlocks = 300;
/** Gating blocks of 400 ms overlap by 75%. */
const stepBlocks = 10;

/** LUFS of a mean square that was weighted by channel and frequency. */
export function lufs(energy: number): number {
  return -0.691 + 10 * Math.log10(energy);
}

/** Loudnesses above the absolute gate, counted in steps of 0.05 LU so that an endless stream needs no more memory. */
function openHistogram() {
  const perLu = 20;
  const bins = (40 - absoluteGateLufs) * perLu;
  const counts = new Float64Array(bins);
  // The sum beside the count makes means exact; only what is near a gate is placed by its step.
  const energies = new Float64Array(bins);
  let total = 0;
  let totalEnergy = 0;

  function binOf(loudness: number): number {
    return Math.min(bins - 1, Math.max(0, Math.round((loudness - absoluteGateLufs) * perLu)));
  }

  return {
    add(energy: number): void {
      const loudness = lufs(energy);
      if (!(loudness > absoluteGateLufs)) return;
      const bin = binOf(loudness);
      counts[bin] = (counts[bin] ?? 0) + 1;
      energies[bin] = (energies[bin] ?? 0) + energy;
      total++;
      totalEnergy += energy;
    },
    /** Mean of what lies above a gate that is relative to the mean of all; −Infinity when nothing does. */
    gatedLufs(gateLu: number): number {
      if (total === 0) return Number.NEGATIVE_INFINITY;
      let count = 0;
      let energy = 0;
      for (let bin = binOf(lufs(totalEnergy / total) + gateLu); bin < bins; bin++) {
        count += counts[bin] ?? 0;
        energy += energies[bin] ?? 0;
      }
      return lufs(energy / count);
    },
    /** Distance between two percentiles of what lies above the gate, LU. */
    rangeLu(gateLu: number, low: number, high: number): number {
      if (total === 0) return 0;
      const gate = binOf(lufs(totalEnergy / total) + gateLu);
      let count = 0;
      for (let bin = gate; bin < bins; bin++) count += counts[bin] ?? 0;
      const lowest = Math.round((count - 1) * low);
      const highest = Math.round((count - 1) * high);
      let seen = 0;
      let from = -1;
      for (let bin = gate; bin < bins; bin++) {
        seen += counts[bin] ?? 0;
        if (from < 0 && seen > lowest) from = bin;
        if (seen > highest) return (bin - from) / perLu;
      }
      return 0;
    },
  };
}

export interface LoudnessMeter {
  momentaryLufs: number;
  shortTermLufs: number;
  integratedLufs: number;
  rangeLu: number;
  /** Takes the weighted mean square of the next 10 ms. */
  add(energy: number): void;
  /** Windows do not reach across a gap in the sound; what was integrated stays. */
  restart(): void;
}

/** EBU Tech 3341 meter: momentary and short-term move every 10 ms, integrated and range every 100 ms. */
export function openLoudnessMeter(): LoudnessMeter {
  const recent = new Float64Array(shortTermBlocks);
  const gating = openHistogram();
  const shortTerm = openHistogram();
  let blocks = 0;

  function mean(window: number): number {
    let sum = 0;
    for (let back = 1; back <= Math.min(window, blocks); back++) {
      sum += recent[(blocks - back) % shortTermBlocks] ?? 0;
    }
    return sum / window;
  }

  const meter: LoudnessMeter = {
    momentaryLufs: Number.NEGATIVE_INFINITY,
    shortTermLufs: Number.NEGATIVE_INFINITY,
    integratedLufs: Number.NEGATIVE_INFINITY,
    rangeLu: 0,
    add(energy) {
      recent[blocks % shortTermBlocks] = energy;
      blocks++;
      const momentary = mean(momentaryBlocks);
      const threeSeconds = mean(shortTermBlocks);
      meter.momentaryLufs = lufs(momentary);
      meter.shortTermLufs = lufs(threeSeconds);
      if (blocks % stepBlocks !== 0) return;
      if (blocks >= momentaryBlocks) gating.add(momentary);
      if (blocks >= shortTermBlocks) shortTerm.add(threeSeconds);
      meter.integratedLufs = gating.gatedLufs(relativeGateLu);
      meter.rangeLu = shortTerm.rangeLu(rangeGateLu, ...rangePercentiles);
    },
    restart() {
      blocks = 0;
      meter.momentaryLufs = Number.NEGATIVE_INFINITY;
      meter.shortTermLufs = Number.NEGATIVE_INFINITY;
    },
  };
  return meter;
}
