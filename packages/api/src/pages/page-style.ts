import { createHash } from "node:crypto";

/** Of all pages. The colours are those of the report of a scan. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f3f5f6, #0b0f12); --sheet: light-dark(#ffffff, #11171b);
  --ink: light-dark(#11191f, #e4ebee); --soft: light-dark(#4a5963, #9aaab4); --line: light-dark(#d8dfe3, #253038);
  --link: light-dark(#0a5f78, #6cc7de); --critical: light-dark(#a8124a, #ff6b93); --major: light-dark(#b94700, #ff9552);
  --minor: light-dark(#846300, #ecc94b); --info: light-dark(#2c62a8, #84b6ff); --resolved: light-dark(#1c6e46, #55c68c);
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 1rem; background: var(--ground); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
}
body > * { max-width: 46rem; margin-inline: auto; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0.25rem 0 0.5rem; }
h2 { font-size: 1rem; margin: 0 0 0.5rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: 0.25rem 0; }
.soft { color: var(--soft); }
.state { font-weight: 600; color: var(--own); }
.critical { --own: var(--critical); }
.major { --own: var(--major); }
.minor { --own: var(--minor); }
.info { --own: var(--info); }
.resolved { --own: var(--resolved); }
.incident { border-top: 0.5rem solid var(--own); }
section, .incident { background: var(--sheet); border-radius: 0.5rem; padding: 1rem; margin-block: 0 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; }
ul, ol { list-style: none; margin: 0; padding: 0; }
li + li { border-top: 1px solid var(--line); margin-top: 0.5rem; padding-top: 0.5rem; }
figure { margin: 0; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: 0.5rem; margin-top: 0.5rem; }
img, video { display: block; width: 100%; height: auto; border-radius: 0.25rem; background: #000; }
figure:has(video) { grid-column: 1 / -1; }
figcaption, time { color: var(--soft); font-size: 0.875rem; }
code { font-family: ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.875rem; }
summary { cursor: pointer; color: var(--link); }
`;

/** What the policy of a page knows its style by. */
export const pageStyleHash = `sha256-${createHash("sha256").update(pageStyle).digest("base64")}`;
