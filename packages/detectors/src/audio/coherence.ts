/** Whether a tone of one frequency runs through a row of frames of a spectrum, under sound that comes and goes. */
export interface Coherence {
  clear(): void;
  /** Takes what one bin holds in the next frame. */
  add(re: number, im: number): void;
  /** To be called after the last frame, and before `at`. */
  limit(): void;
  /** From 0 to 1, where nothing but such a tone is in the bin; `turns` are its periods from one frame to the next. */
  at(turns: number): number;
  /** Of the tone that `at` was asked for last. */
  readonly amplitude: number;
}

/**
 * Frames louder than this share of the quieter ones are turned down to it: what drowns the tone for a while then counts no
 * more than what does not.
 */
const quieterShare = 0.3;
const limitFactor = 1.5;

export function openCoherence(maxFrames: number): Coherence {
  const real = new Float64Array(maxFrames);
  const imaginary = new Float64Array(maxFrames);
  const sizes = new Float64Array(maxFrames);
  const sorted = new Float64Array(maxFrames);
  let frames = 0;
  let weights = 0;
  let total = 0;

  const coherence = {
    amplitude: 0,
    clear() {
      frames = 0;
    },
    add(re: number, im: number) {
      real[frames] = re;
      imaginary[frames] = im;
      sizes[frames] = Math.sqrt(re * re + im * im);
      frames++;
    },
    limit() {
      sorted.fill(Number.POSITIVE_INFINITY);
      for (let i = 0; i < frames; i++) sorted[i] = sizes[i] as number;
      sorted.sort();
      const most = limitFactor * (sorted[Math.round(quieterShare * (frames - 1))] as number);
      weights = 0;
      total = 0;
      for (let i = 0; i < frames; i++) {
        const size = sizes[i] as number;
        const weight = size > most ? most / size : 1;
        real[i] = weight * (real[i] as number);
        imaginary[i] = weight * (imaginary[i] as number);
        weights += weight;
        total += weight * size;
      }
    },
    at(turns: number) {
      const stepRe = Math.cos(2 * Math.PI * turns);
      const stepIm = -Math.sin(2 * Math.PI * turns);
      let phaseRe = 1;
      let phaseIm = 0;
      let re = 0;
      let im = 0;
      for (let i = 0; i < frames; i++) {
        const a = real[i] as number;
        const b = imaginary[i] as number;
        re += a * phaseRe - b * phaseIm;
        im += a * phaseIm + b * phaseRe;
        const next = phaseRe * stepRe - phaseIm * stepIm;
        phaseIm = phaseRe * stepIm + phaseIm * stepRe;
        phaseRe = next;
      }
      const size = Math.sqrt(re * re + im * im);
      coherence.amplitude = weights > 0 ? size / weights : 0;
      return total > 0 ? size / total : 0;
    },
  };
  return coherence;
}
