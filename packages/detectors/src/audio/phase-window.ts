const blocks = 20;
/** What lies so far, 25 dB, below the inverted sound is a pause of it: codecs fill it with noise of their own. */
const pauseShare = 0.003;

/** Follows one pair of channels for as long as they are inverted. */
export interface PhaseWindow {
  /** Start of the first inverted block; undefined while they are not. */
  startSeconds: number | undefined;
  /** End of the last inverted block. */
  lastSeconds: number;
  /** They are inverted no more. */
  ended: boolean;
  /** Whether it was told. */
  open: boolean;
  add(product: number, left: number, right: number, startSeconds: number, endSeconds: number): void;
  /** Over the inverted blocks since the start. */
  correlation(): number;
  reset(): void;
}

export interface PhaseLimits {
  /** Mean square that both channels have to exceed. */
  readonly silence: number;
  readonly maxCorrelation: number;
  /** A pause of both channels says nothing about their phase, up to this long. */
  readonly pauseSeconds: number;
}

export function openPhaseWindow(limits: PhaseLimits): PhaseWindow {
  const sums = new Float64Array(3 * blocks);
  let next = 0;
  let products = 0;
  let lefts = 0;
  let rights = 0;
  let inverted = 0;

  function sum(column: number): number {
    let total = 0;
    for (let i = column; i < sums.length; i += 3) total += sums[i] ?? 0;
    return total;
  }

  function of(product: number, left: number, right: number, silence: number): number {
    return left <= silence || right <= silence ? 0 : product / Math.sqrt(left * right);
  }

  const window: PhaseWindow = {
    startSeconds: undefined,
    lastSeconds: 0,
    ended: false,
    open: false,
    add(product, left, right, startSeconds, endSeconds) {
      sums[3 * next] = product;
      sums[3 * next + 1] = left;
      sums[3 * next + 2] = right;
      next = (next + 1) % blocks;
      const now = of(product, left, right, limits.silence);
      if (now < limits.maxCorrelation) {
        window.startSeconds ??= startSeconds;
        window.lastSeconds = endSeconds;
        products += product;
        lefts += left;
        rights += right;
        inverted++;
      } else if (window.startSeconds !== undefined) {
        // A quiet block of coding noise breaks nothing; what counts is where the energy of the last 200 ms is.
        const pause = Math.max(limits.silence, (pauseShare * Math.min(lefts, rights)) / inverted);
        const lately = of(sum(0), sum(1), sum(2), pause * blocks);
        window.ended =
          lately === 0 ? endSeconds - window.lastSeconds > limits.pauseSeconds : lately > limits.maxCorrelation;
      }
    },
    correlation: () => of(products, lefts, rights, 0),
    reset() {
      window.startSeconds = undefined;
      window.ended = false;
      window.open = false;
      products = 0;
      lefts = 0;
      rights = 0;
      inverted = 0;
    },
  };
  return window;
}
