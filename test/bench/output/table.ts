/** A table for people: on the terminal as in Markdown. */
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Markdown whose columns are aligned, figures to the right. */
export function tableText({ headings, rows }: Table): string {
  const widths = headings.map((heading, i) => Math.max(3, heading.length, ...rows.map((row) => (row[i] ?? "").length)));
  const isFigure = headings.map((_, i) => rows.every((row) => /^-?[\d.]*( %)?$|^–$/.test(row[i] ?? "")));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, i) => (isFigure[i] ? (cells[i] ?? "").padStart(width) : (cells[i] ?? "").padEnd(width))).join(" | ")} |`;
  const rule = `| ${widths.map((width, i) => (isFigure[i] ? `${"-".repeat(width - 1)}:` : "-".repeat(width))).join(" | ")} |`;
  return [line(headings), rule, ...rows.map(line)].join("\n");
}
