import type { Finding } from "@glasswatch/core/finding";
import type { FindingsFate } from "@glasswatch/repair/media/findings-fate";
import type { Manifest } from "@glasswatch/repair/media/manifest";
import type { ActionPlan } from "@glasswatch/repair/media/media-action";
import type { Paint } from "../human/paint.ts";
import { printable } from "../human/printable.ts";
import { formatNumber, formatTimeCode, plural } from "../report/format.ts";

/** What will be done and why, and what will not be: a line each. */
export function planText({ repairs, refusals }: ActionPlan, findings: readonly Finding[], paint: Paint): string {
  const why = (ids: readonly string[]): string => {
    const kinds = findings.filter(({ id }) => ids.includes(id)).map(({ kind }) => kind);
    return kinds.length === 0 ? "" : paint("dim", ` (${[...new Set(kinds)].join(", ")})`);
  };
  return [
    ...repairs.map(
      ({ action, what, findings: ids }) =>
        `  ${paint("cyan", "→")} ${paint("bold", action)}: ${printable(what)}${why(ids)}\n`,
    ),
    ...refusals.map(
      ({ action, reason, findings: ids }) =>
        `  ${paint("yellow", "✖")} ${paint("bold", action)} cannot: ${printable(reason)}${why(ids)}\n`,
    ),
    ...(repairs.length + refusals.length === 0 ? [`  ${paint("green", "✓")} nothing to repair\n`] : []),
  ].join("");
}

/** Before and after, in a few lines. */
export function outcomeText(manifest: Manifest, fate: FindingsFate, paint: Paint): string {
  const { before, after, avOffsetMs } = manifest;
  const lines = [
    ...fate.gone.map((finding) => `${paint("green", "✓ gone")}  ${findingText(finding)}`),
    ...fate.left.map((finding) => `${paint("red", "● left")}  ${findingText(finding)}`),
    ...fate.new.map((finding) => `${paint("red", "● new")}   ${findingText(finding)}`),
    ...before.audio.flatMap(({ track, integratedLufs }) => {
      const now = after?.audio[track]?.integratedLufs;
      if (integratedLufs === null || now === undefined || now === null || now === integratedLufs) return [];
      return [`loudness of sound ${track + 1}: ${formatNumber(integratedLufs)} → ${formatNumber(now)} LUFS`];
    }),
    ...(avOffsetMs ? [`A/V offset: ${offsetText(avOffsetMs.before)} → ${offsetText(avOffsetMs.after)}`] : []),
  ];
  const counts = `${fate.gone.length} gone, ${fate.left.length} left, ${fate.new.length} new`;
  const written = `${paint("bold", printable(manifest.output?.name ?? ""))}: ${plural(manifest.actions.length, "repair")}, findings ${counts}`;
  return `${lines.map((line) => `  ${line}\n`).join("")}${written}\n`;
}

function findingText({ kind, severity, startSeconds }: Finding): string {
  return `${kind} at ${formatTimeCode(startSeconds)}, ${severity}`;
}

function offsetText(milliseconds: number | null): string {
  return milliseconds === null ? "not measurable" : `${formatNumber(milliseconds)} ms`;
}
