import type { Area } from "@glasswatch/core/finding";
import type { GridBreaks } from "@glasswatch/core/video-features";

/** Which macroblocks look damaged: 1 in `cells`, `columns` a row. */
export interface DamageMap {
  readonly columns: number;
  readonly rows: number;
  readonly cells: Uint8Array;
}

/** Gathers damage from pictures that show where it begins and ends. */
export interface DamageGatherer {
  readonly map: DamageMap;
  add(breaks: GridBreaks): void;
  clear(): void;
}

/** From one border that breaks to the next below it, a strip of this many macroblocks is one damaged area. */
const tallestStrip = 6;

/**
 * A damaged area is known by its upper and lower border, which may break in different pictures. Whatever else tells damaged
 * blocks from whole ones gives a map of the same kind.
 */
export function openDamageGatherer(): DamageGatherer {
  let columns = 0;
  let borders = 0;
  let broken = new Uint8Array(0);
  let cells = new Uint8Array(0);

  function fit(breaks: GridBreaks): void {
    if (breaks.columns === columns && breaks.rows === borders) return;
    ({ columns, rows: borders } = breaks);
    broken = new Uint8Array(columns * borders);
    cells = new Uint8Array(columns * (borders + 1));
  }

  /** Cell rows are numbered from the top, and border `n` lies below cell row `n`. */
  function fill(column: number): void {
    let above = Number.NEGATIVE_INFINITY;
    for (let border = 0; border < borders; border++) {
      if (broken[border * columns + column] === 0) continue;
      const from = border - above <= tallestStrip ? above + 1 : border;
      for (let row = from; row <= border; row++) cells[row * columns + column] = 1;
      above = border;
    }
  }

  return {
    get map() {
      return { columns, rows: borders + 1, cells };
    },
    add(breaks) {
      fit(breaks);
      for (let at = 0; at < broken.length; at++) if (breaks.broken[at] === 1) broken[at] = 1;
      for (let column = 0; column < columns; column++) fill(column);
    },
    clear() {
      broken.fill(0);
      cells.fill(0);
    },
  };
}

/** Share of the picture that is damaged, 0 to 1. */
export function damagedShare({ cells }: DamageMap): number {
  let damaged = 0;
  for (const cell of cells) damaged += cell;
  return cells.length === 0 ? 0 : damaged / cells.length;
}

/** The smallest box that holds all that is damaged; undefined where nothing is. */
export function damagedArea({ columns, rows, cells }: DamageMap): Area | undefined {
  let [left, right, top, bottom] = [columns, -1, rows, -1];
  for (let at = 0; at < cells.length; at++) {
    if (cells[at] === 0) continue;
    const column = at % columns;
    const row = Math.floor(at / columns);
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
  }
  if (right < 0) return undefined;
  return {
    x: left / columns,
    y: top / rows,
    width: (right + 1 - left) / columns,
    height: (bottom + 1 - top) / rows,
  };
}
