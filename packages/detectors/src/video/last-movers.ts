import type { FrameFeature, LumaGridFeature } from "@glasswatch/core/video-features";

/** Remembers where in the picture something moved, for the last pictures. */
export interface LastMovers {
  add(frame: FrameFeature, grid: LumaGridFeature): void;
  /**
   * Whether what moved up to the picture shown then did so at one border of it only: it left the picture, and that nothing
   * moves afterwards is no freeze.
   */
  leftAt(timeSeconds: number): boolean;
}

/** A stop is noticed a few pictures late. */
const kept = 12;
/** Pictures before it whose movers count. */
const steps = 2;
/** Of a cell of four samples; what noise and coding leave stays below. Code values. */
const moved = 4;
const leastCells = 2;
/** Share of the width or height that belongs to a border, and of the movers that have to be there. */
const borderShare = 0.12;
const leastAtBorder = 0.8;

export function openLastMovers(): LastMovers {
  const times = new Float64Array(kept).fill(Number.NaN);
  let grids: Uint8Array[] = [];
  let columns = 0;
  let rows = 0;
  let count = 0;

  function movesAt(cell: number, last: number): boolean {
    const value = grids[last]?.[cell] as number;
    for (let back = 1; back <= steps; back++) {
      const before = grids[(last - back + kept) % kept]?.[cell] as number;
      if (Math.abs(value - before) >= moved) return true;
    }
    return false;
  }

  return {
    add({ timeSeconds }, grid) {
      const cells = grid.read();
      if (grids.length === 0) grids = Array.from({ length: kept }, () => new Uint8Array(cells.length));
      ({ columns, rows } = grid);
      const at = count++ % kept;
      times[at] = timeSeconds;
      grids[at]?.set(cells);
    },
    leftAt(timeSeconds) {
      const last = times.indexOf(timeSeconds);
      if (last < 0 || count < kept) return false;
      const across = Math.ceil(borderShare * columns);
      const down = Math.ceil(borderShare * rows);
      let all = 0;
      let left = 0;
      let right = 0;
      let top = 0;
      let bottom = 0;
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          if (!movesAt(row * columns + column, last)) continue;
          all++;
          if (column < across) left++;
          if (column >= columns - across) right++;
          if (row < down) top++;
          if (row >= rows - down) bottom++;
        }
      }
      return all >= leastCells && Math.max(left, right, top, bottom) >= leastAtBorder * all;
    },
  };
}
