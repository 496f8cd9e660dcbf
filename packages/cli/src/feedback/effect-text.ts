import type { ChangedFinding } from "@glasswatch/detectors/feedback/past-effect";
import { type Paint, severityMarks } from "../human/paint.ts";
import { printable } from "../human/printable.ts";
import { table } from "../human/table.ts";
import { formatTimeCode, plural } from "../report/format.ts";

/** More than people read before they decide. */
const maxShown = 30;

interface Past {
  readonly inputs: number;
  readonly findings: number;
}

/** What a change would have made of past findings other than the marked one, counted and then one by one. */
export function effectText(others: readonly ChangedFinding[], past: Past, paint: Paint): readonly string[] {
  const looked = `${plural(past.findings, "finding")} of ${plural(past.inputs, "input")}`;
  if (others.length === 0) return [`Nothing else among ${looked} would have changed.`];
  const groups = [...Map.groupBy(others, ({ finding, before, after }) => `${finding.kind}\n${before}\n${after}`)];
  const counts = table(
    groups.map(([, [first, ...more]]) => [
      String(more.length + 1),
      first?.finding.kind ?? "",
      first ? changeText(first, paint) : "",
    ]),
    [{ align: "right" }, {}, {}],
  );
  const rows = others
    .slice(0, maxShown)
    .map(({ input, finding, before }) => [
      printable(input),
      `${formatTimeCode(finding.startSeconds)} – ${finding.endSeconds === null ? "the end" : formatTimeCode(finding.endSeconds)}`,
      printable(finding.kind),
      paint(severityMarks[before].format, before),
      printable(finding.id),
    ]);
  const hidden = others.length - rows.length;
  return [
    `${paint("bold", plural(others.length, "other finding"))} among ${looked} would have changed:`,
    ...counts,
    ...table(rows, [{}, {}, {}, {}, {}]),
    ...(hidden > 0 ? [`  and ${plural(hidden, "more finding")} like these`] : []),
  ];
}

function changeText({ before, after }: ChangedFinding, paint: Paint): string {
  const told = paint(severityMarks[before].format, `${severityMarks[before].symbol} ${before}`);
  return after === undefined ? `${told}, no longer told` : `${told}, then ${after}`;
}
