/** Tells how far the analysis of a live stream fell behind the source. All times are in seconds. */
export interface LagMeter {
  /**
   * Takes note that the media up to a position was analysed.
   *
   * @param nowSeconds of a monotonic clock
   * @param positionSeconds the end of that media, in the stream's time
   * @param waitedSeconds how long the source was waited for before that media came
   */
  advance(nowSeconds: number, positionSeconds: number, waitedSeconds: number): void;
  readonly lagSeconds: number;
}

/**
 * Whoever has to wait for so long is where the source is. Shorter waits prove nothing: on a machine that is overloaded
 * every read takes a while to be answered.
 */
const provingWaitSeconds = 0.3;

/**
 * How much slower than ours the source's clock may run before it counts as lag: in a day without a wait, crystals that
 * are 100 ppm off add up to 9 s. (MPEG-2 systems are held to 30 ppm: ISO/IEC 13818-1 §2.4.2.1.)
 */
const clockTolerance = 200e-6;

/**
 * The media of a live source moves at the pace of the wall clock, so the distance between the two clocks stays the same as
 * long as the analysis keeps up. Its smallest value since the source last had to be waited for stands for no lag: that
 * takes in bursts, such as the segments of HLS, sources that stall, and starts from media that lay ready.
 */
export function openLagMeter(): LagMeter {
  let baseSeconds = Number.POSITIVE_INFINITY;
  let lastSeconds = 0;
  let lagSeconds = 0;

  return {
    advance(nowSeconds, positionSeconds, waitedSeconds) {
      const offsetSeconds = nowSeconds - positionSeconds;
      if (waitedSeconds >= provingWaitSeconds) baseSeconds = offsetSeconds;
      else baseSeconds = Math.min(offsetSeconds, baseSeconds + clockTolerance * (nowSeconds - lastSeconds));
      lastSeconds = nowSeconds;
      lagSeconds = offsetSeconds - baseSeconds;
    },
    get lagSeconds() {
      return lagSeconds;
    },
  };
}
