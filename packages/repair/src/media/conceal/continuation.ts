/**
 * Fills a gap that is too long to be interpolated by what the sound did beside it: the stretch before the gap is continued
 * by where it was most like itself, the one after it is led up to in the same way, and the two are cross-faded. What
 * waveform substitution does for lost packets (Goodman et al., IEEE Trans. ASSP 34(6), 1986; ITU-T G.711 Appendix I).
 */
export interface Surroundings {
  /** Samples by which likeness is judged. */
  readonly template: number;
  /** How far back, or ahead, the like of it is looked for. */
  readonly reach: number;
}

/**
 * @param signal what surrounds the gap; its content there counts for nothing
 * @returns the missing samples
 */
export function continueSound(signal: Float32Array, from: number, to: number, around: Surroundings): Float64Array {
  const count = to - from;
  const before = signal.subarray(0, from);
  const after = signal.slice(to).reverse();
  const forward = extend(before, count, around);
  const backward = extend(after, count, around).reverse();
  // What is alike adds up by amplitude, what is not by power: in between, as the two are.
  const alike = likeness(forward, backward);
  return forward.map((value, i) => {
    const phase = (Math.PI / 2) * ((i + 0.5) / count);
    const fade = (share: number) => alike * share * share + (1 - alike) * share;
    return value * fade(Math.cos(phase)) + (backward[i] as number) * fade(Math.sin(phase));
  });
}

/** Goes on with what followed where the past was most like the latest of it, again and again where that is short. */
function extend(past: Float32Array, count: number, { template, reach }: Surroundings): Float64Array {
  const end = past.length;
  const least = Math.min(template, end >> 1);
  const latest = past.subarray(end - least);
  let best = least;
  let most = Number.NEGATIVE_INFINITY;
  for (let lag = least; lag <= Math.min(reach, end - least); lag++) {
    const score = likeness(past.subarray(end - least - lag, end - lag), latest);
    if (score > most) {
      most = score;
      best = lag;
    }
  }
  return Float64Array.from({ length: count }, (_, i) => {
    const phase = i % best;
    const value = past[end - best + phase] ?? 0;
    const earlier = past[end - 2 * best + phase];
    // Towards its end, a period goes over into what led up to its beginning, so that it can be had again without a step.
    const share = count <= best || earlier === undefined ? 0 : Math.max(0, (phase - best) / (least / 2) + 1);
    return value + share * ((earlier ?? 0) - value);
  });
}

/** Correlation of two stretches, 0 to 1. */
function likeness(a: Float32Array | Float64Array, b: Float32Array | Float64Array): number {
  let ab = 0;
  let aa = 1e-12;
  let bb = 1e-12;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as number;
    const y = b[i] as number;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return Math.max(0, ab / Math.sqrt(aa * bb));
}
