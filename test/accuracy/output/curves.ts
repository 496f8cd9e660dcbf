import { type Html, html } from "@glasswatch/cli/report/html";
import type { KindResult, SweepResult } from "../results.ts";

interface Panel {
  readonly kind: string;
  readonly sweep: SweepResult;
  readonly filterName: string | undefined;
}

const columns = 4;
const cell = { width: 290, height: 190 } as const;
const plot = { left: 38, top: 40, width: 236, height: 104 } as const;

/** How small, short, faint or noisy a defect can be and still be told: a small plot for each property of each kind. */
export function curves(results: readonly KindResult[]): Html {
  const panels: Panel[] = results.flatMap(({ kind, sweeps, filter }) =>
    sweeps.map((sweep) => ({ kind, sweep, filterName: filter?.name })),
  );
  const rows = Math.ceil(panels.length / columns);
  const [width, height] = [columns * cell.width, rows * cell.height];
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="11" role="img">
<title>Recall against length, strength and noise of each defect</title>
<rect width="100%" height="100%" fill="#fff"/>
${panels.map(
  (
    panel,
    index,
  ) => html`<g transform="translate(${(index % columns) * cell.width} ${Math.floor(index / columns) * cell.height})">${drawPanel(panel)}</g>
`,
)}</svg>
`;
}

function drawPanel({ kind, sweep: { name, unit, points }, filterName }: Panel): Html {
  const x = (index: number) => round(plot.left + (plot.width * (index + 0.5)) / points.length);
  const y = (share: number) => round(plot.top + plot.height * (1 - share));
  const ours = points.map(({ recall }, index) => `${x(index)},${y(recall)}`).join(" ");
  const theirs = points.flatMap(({ filterRecall }, index) =>
    filterRecall === null ? [] : [`${x(index)},${y(filterRecall)}`],
  );
  return html`<text x="${plot.left}" y="16" font-weight="600">${kind}</text>
<text x="${plot.left}" y="30" fill="#555">${name}${unit === "" ? "" : `, ${unit}`}</text>
${[0, 0.5, 1].map((share) => html`<line x1="${plot.left}" x2="${plot.left + plot.width}" y1="${y(share)}" y2="${y(share)}" stroke="#ddd"/><text x="${plot.left - 6}" y="${y(share) + 4}" text-anchor="end" fill="#555">${share}</text>`)}
${points.map(({ value }, index) => html`<text x="${x(index)}" y="${plot.top + plot.height + 15}" text-anchor="middle" fill="#555">${value}</text>`)}
${theirs.length > 0 && html`<polyline points="${theirs.join(" ")}" fill="none" stroke="#b94700" stroke-dasharray="4 3"/><text x="${plot.left}" y="${plot.top + plot.height + 31}" fill="#b94700">– – ${filterName?.replace(/=.*/, "") ?? ""}</text>`}
<polyline points="${ours}" fill="none" stroke="#0a5f78" stroke-width="2"/>
${points.map(({ recall }, index) => html`<circle cx="${x(index)}" cy="${y(recall)}" r="2.5" fill="#0a5f78"/>`)}`;
}

function round(value: number): number {
  return Math.round(10 * value) / 10;
}
