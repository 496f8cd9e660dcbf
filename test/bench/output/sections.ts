import { type PartName, parts } from "../parts.ts";
import type { BenchReport, BenchResults, Circumstances, Measured } from "../results.ts";
import { tableText } from "./table.ts";

/** What a report says of one part, in Markdown; undefined where it was not measured. */
export function section<Name extends PartName>(name: Name, report: BenchReport): string | undefined {
  const measured: Measured<BenchResults[Name]> | undefined = report.parts[name];
  if (!measured) return undefined;
  const { about, tables } = parts[name];
  return [about, ...tables(measured.result).map(tableText), told(measured.circumstances)].join("\n\n");
}

function told(circumstances: Circumstances): string {
  const { measuredAt, commit, processor, cores, system, node, ffmpeg, loadBefore, material, rounds } = circumstances;
  const machine = `${cores} × ${processor}, ${system}, Node ${node.replace("v", "")}, ffmpeg ${ffmpeg}`;
  const how = `${material} material, ${rounds} rounds, load before ${loadBefore.toFixed(1)}`;
  return `Measured ${measuredAt.slice(0, 10)} at commit ${commit} (${how}) on ${machine}.`;
}
