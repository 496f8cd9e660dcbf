import type { ReducedLuma } from "@glasswatch/kernels/reduce-luma";

/** Code values: black with what coding and scaling leave at its edge. ffmpeg's cropdetect takes 24 above 0 of full range. */
const darkest = 16 + 24;
/** Share of the width or height; bars are larger, and edges of scaled pictures smaller. */
const leastBar = 0.02;

/** Whether black bars frame one of two pictures, or the same pictures throughout, that the other lacks. */
export function framedDifferently(a: readonly ReducedLuma[], b: readonly ReducedLuma[]): boolean {
  const one = barsOf(a);
  const other = barsOf(b);
  return one.some((share, edge) => Math.abs(share - (other[edge] as number)) > leastBar);
}

/** At the top, the bottom, the left and the right: share of the height or width that is black in all pictures. */
function barsOf(pictures: readonly ReducedLuma[]): readonly number[] {
  const { width, height } = pictures[0] as ReducedLuma;
  const rows = new Uint8Array(height);
  const columns = new Uint8Array(width);
  for (const { samples } of pictures) {
    for (let at = 0; at < samples.length; at++) {
      if ((samples[at] as number) <= darkest) continue;
      rows[Math.floor(at / width)] = 1;
      columns[at % width] = 1;
    }
  }
  return [before(rows), before(rows.toReversed()), before(columns), before(columns.toReversed())];
}

function before(lit: Uint8Array): number {
  const first = lit.indexOf(1);
  return first < 0 ? 0 : first / lit.length;
}
