/** Changes of light that end at one picture, as shares of the cells. */
export interface LightChanges {
  /**
   * Follows every cell from one extreme to the next.
   *
   * @param light of each cell
   */
  follow(light: Float64Array): void;
  /** Nothing changed since the picture before. */
  rest(): void;
  /** Share of the cells that got brighter by `least` or more since they were darkest. */
  readonly up: number;
  readonly down: number;
  forget(): void;
}

export interface LightChangeRules {
  readonly cells: number;
  /** What a change has to come to. */
  readonly least: number;
  /** The darker state has to be below this. */
  readonly darkerBelow: number;
}

export function openLightChanges({ cells, least, darkerBelow }: LightChangeRules): LightChanges {
  /** Of each cell since its latest change; the one on the side that it changed to. */
  const lowest = new Float64Array(cells);
  const highest = new Float64Array(cells);
  /** 1 brighter, −1 darker, 0 none yet. */
  const latest = new Int8Array(cells);
  let known = false;
  let up = 0;
  let down = 0;

  function begin(light: Float64Array): void {
    lowest.set(light);
    highest.set(light);
    latest.fill(0);
    known = true;
  }

  return {
    follow(light) {
      up = 0;
      down = 0;
      if (!known) return begin(light);
      for (let cell = 0; cell < cells; cell++) {
        const value = light[cell] as number;
        const low = lowest[cell] as number;
        const high = highest[cell] as number;
        const before = latest[cell] as number;
        if (before !== 1 && value - low >= least && low < darkerBelow) {
          latest[cell] = 1;
          highest[cell] = value;
          lowest[cell] = value;
          up++;
        } else if (before !== -1 && high - value >= least && value < darkerBelow) {
          latest[cell] = -1;
          highest[cell] = value;
          lowest[cell] = value;
          down++;
        } else {
          if (value < low) lowest[cell] = value;
          if (value > high) highest[cell] = value;
        }
      }
      up /= cells;
      down /= cells;
    },
    rest() {
      up = 0;
      down = 0;
    },
    get up() {
      return up;
    },
    get down() {
      return down;
    },
    forget() {
      known = false;
      up = 0;
      down = 0;
    },
  };
}
