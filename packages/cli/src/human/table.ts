import { stripVTControlCharacters } from "node:util";

export interface Column {
  readonly align?: "left" | "right";
}

const gap = "  ";

/**
 * Rows of cells, aligned and indented by two. Where the whole does not fit the width, the last column goes on lines of
 * its own, under the second.
 */
export function table(
  rows: readonly (readonly string[])[],
  columns: readonly Column[],
  width = Number.POSITIVE_INFINITY,
): string[] {
  const widths = columns.map((_, index) => Math.max(0, ...rows.map((row) => shownLength(row[index] ?? ""))));
  const fits = gap.length + widths.reduce((sum, own) => sum + own + gap.length, -gap.length) <= width;
  const inline = fits ? columns.length : columns.length - 1;
  const indent = " ".repeat(gap.length * 2 + (widths[0] ?? 0));
  return rows.flatMap((row) => {
    const cells = row.slice(0, inline).map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align));
    const line = (gap + cells.join(gap)).trimEnd();
    const last = row[columns.length - 1];
    return fits || !last ? [line] : [line, indent + last];
  });
}

function pad(cell: string, width: number, align: Column["align"] = "left"): string {
  const space = " ".repeat(Math.max(0, width - shownLength(cell)));
  return align === "right" ? space + cell : cell + space;
}

function shownLength(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
