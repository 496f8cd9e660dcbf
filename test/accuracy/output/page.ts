import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Html, html } from "@glasswatch/cli/report/html";
import { outFolder } from "../../bench/commands.ts";
import type { Table } from "../../bench/output/table.ts";
import type { AccuracyReport, Failure, KindResult } from "../results.ts";
import { curves } from "./curves.ts";
import { failureText } from "./sections.ts";
import { cleanTable, filtersTable, kindsTable, splitTable } from "./tables.ts";
import { targetsTable } from "./targets.ts";

const run = promisify(execFile);
const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.2rem 0.7rem; border-bottom: 1px solid light-dark(#d8dfe3, #253038); text-align: left; }
td + td { text-align: right; }
.wide { overflow-x: auto; }
figure { display: inline-block; width: 20rem; margin: 0.5rem; vertical-align: top; }
img, svg { max-width: 100%; height: auto; }
`;

/** Writes everything that was measured as one page, with a picture of each failure. Gives its path. */
export async function writePage(report: AccuracyReport, results: readonly KindResult[]): Promise<string> {
  const failures = await Promise.all(
    results.flatMap(({ kind, failures }) => failures.map((failure) => drawFailure(kind, failure))),
  );
  const page = html`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Glasswatch: accuracy</title>
<style>${style}</style>
<h1>Accuracy</h1>
<h2>Targets</h2>${drawTable(targetsTable(report))}
<h2>Clips that were only scored on</h2>${drawTable(kindsTable(results, "score"))}
<h2>The same beside ffmpeg’s filters</h2>${drawTable(filtersTable(results, "score"))}
<h2>Clips that were looked at while thresholds were chosen</h2>${drawTable(kindsTable(results, "tune"))}
${report.clean && html`<h2>Clean clips</h2>${drawTable(cleanTable(report.clean))}`}
<h2>How short, faint, small and noisy</h2><div class="wide">${curves(results)}</div>
<h2>What still fails</h2>${failures}
<h2>Sides</h2>${drawTable(splitTable(results))}
</html>
`;
  await mkdir(outFolder, { recursive: true });
  const path = join(outFolder, "accuracy.html");
  await writeFile(path, page.markup);
  return path;
}

function drawTable({ headings, rows }: Table): Html {
  const cell = (text: string) => text.replaceAll("`", "");
  return html`<div class="wide"><table><thead><tr>${headings.map((heading) => html`<th>${heading}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((text) => html`<td>${cell(text)}</td>`)}</tr>`)}</tbody></table></div>`;
}

async function drawFailure(kind: string, failure: Failure): Promise<Html> {
  const [span] = [...failure.missed, ...failure.extra];
  const picture = span && (await pictureAt(failure.path, (span.startSeconds + span.endSeconds) / 2));
  return html`<figure>${picture && html`<img src="${picture}" alt="" loading="lazy">`}
<figcaption><b>${kind}</b> (${failure.split}) ${failureText(failure)}</figcaption></figure>
`;
}

/** A picture as a data URL; undefined of sound. */
async function pictureAt(path: string, seconds: number): Promise<string | undefined> {
  const place = ["-nostdin", "-v", "error", "-ss", seconds.toFixed(3), "-i", path];
  const options = ["-frames:v", "1", "-vf", "scale=320:-2", "-f", "image2pipe", "-c:v", "mjpeg", "-"];
  const ran = await run(process.env["FFMPEG_PATH"] ?? "ffmpeg", [...place, ...options], { encoding: "buffer" }).catch(
    () => undefined,
  );
  return ran && ran.stdout.length > 0 ? `data:image/jpeg;base64,${ran.stdout.toString("base64")}` : undefined;
}
