import { readAssets } from "./assets.ts";
import { renderHeader, renderOverviewTable } from "./header.ts";
import { html, trusted } from "./html.ts";
import { renderInput } from "./input-part.ts";
import { marks } from "./marks.ts";
import type { InputContext, ReportInput } from "./report-input.ts";
import { verdictOf } from "./verdict.ts";

/** A scan as one page that needs nothing but itself: it opens from a file, without a network. */
export function renderReport(input: ReportInput): string {
  const { style, script, policy } = readAssets();
  const contexts = contextsOf(input);
  const verdict = verdictOf(input.outcomes.map(({ result }) => result));
  const alone = contexts.length === 1;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Glasswatch ${input.version}">
<title>${verdict.headline}${alone ? html` – ${input.outcomes[0]?.result.input}` : ""} – Glasswatch</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the inputs</a>
${marks}
${renderHeader(input, verdict)}
<main id="main" tabindex="-1">
${renderOverviewTable(contexts)}
${contexts.map((context) => renderInput(context, alone))}
</main>
<div class="tip" hidden aria-hidden="true"></div>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return page.markup;
}

function contextsOf({ outcomes, detectors, settings, thumbnails }: ReportInput): InputContext[] {
  const byId = new Map(detectors.map((detector) => [detector.id, detector]));
  return outcomes.map((outcome, index) => ({
    outcome,
    id: `input-${index + 1}`,
    detectors: byId,
    settings,
    pictures: thumbnails.byOutcome[index] ?? new Map(),
    picturesUnavailable: outcome.snapshots.length > 0 ? thumbnails.unavailable : undefined,
  }));
}
