import { severities } from "@glasswatch/core/severity";
import { html } from "./html.ts";

/** A shape for each severity and ending, so that none is told by colour alone. */
export const marks = html`<svg class="definitions" aria-hidden="true" width="0" height="0"><defs>
<symbol id="mark-critical" viewBox="0 0 16 16"><path d="M8 .8 15.2 8 8 15.2.8 8z"/></symbol>
<symbol id="mark-major" viewBox="0 0 16 16"><path d="M8 1.4 15.4 14.4H.6z"/></symbol>
<symbol id="mark-minor" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6"/></symbol>
<symbol id="mark-info" viewBox="0 0 16 16"><path fill-rule="evenodd" d="M2 2h12v12H2zm2.2 2.2v7.6h7.6V4.2z"/></symbol>
<symbol id="mark-clean" viewBox="0 0 16 16"><path d="m6.3 13.4-5-5 1.9-1.9 3.1 3.1 6.5-6.5 1.9 1.9z"/></symbol>
<symbol id="mark-failed" viewBox="0 0 16 16"><path d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0zM6.9 3.6h2.2l-.2 5.6H7.1zm1.1 9a1.2 1.2 0 1 1 0-2.4 1.2 1.2 0 0 1 0 2.4z"/></symbol>
${severities.map(
  (
    severity,
  ) => html`<linearGradient id="open-${severity}" class="open-end ${severity}"><stop offset="0.5"/><stop offset="1" stop-opacity="0.1"/></linearGradient>
`,
)}</defs></svg>`;
