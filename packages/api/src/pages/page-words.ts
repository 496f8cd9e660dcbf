import { type IncidentWithStreams, nameOfStream, titleOfKind } from "@glasswatch/core/incident-words";
import { detectors } from "@glasswatch/detectors/registry";
import { titlesOf } from "@glasswatch/detectors/titles";
import { html } from "hono/html";
import type { Markup } from "./page-frame.ts";

const titles = titlesOf(detectors);

export function titleOf(kind: string): string {
  return titleOfKind(kind, titles);
}

export function nameOf(about: IncidentWithStreams): (streamId: string) => string {
  return (streamId) => nameOfStream(streamId, about);
}

/** Without a script nobody knows the reader's time zone. */
export function timeOf(at: string): Markup {
  return html`<time datetime="${at}">${at.slice(0, 19).replace("T", " ")} UTC</time>`;
}
