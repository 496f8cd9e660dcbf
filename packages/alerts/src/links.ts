import type { IncidentLinks } from "@glasswatch/core/state/incident-links";
import type { AlertsConfig } from "./alerts-config.ts";

/** Where people read on without a key; null where the configuration has no `publicUrl`. */
export interface Links {
  /** @param number of the incident. The link is the same all day, so that what is shown is not edited for it */
  incident(number: number): string | null;
}

/** A storm's message has the same hundred links again and again; what was revoked is sent to nobody after this. */
const keptMs = 10_000;

/** @returns gives the links of today */
export function openLinks(
  { publicUrl }: Pick<AlertsConfig, "publicUrl">,
  incidentLinks: IncidentLinks,
  now: () => Date,
): () => Promise<Links> {
  if (publicUrl === undefined) return async () => ({ incident: () => null });
  const deployment = new URL(publicUrl).href.replace(/\/+$/, "");
  let kept: { readonly links: Links; readonly until: number } | null = null;
  return async () => {
    if (kept && now().getTime() < kept.until) return kept.links;
    const links = linksOf(deployment, await incidentLinks.signer());
    kept = { links, until: now().getTime() + keptMs };
    return links;
  };
}

function linksOf(deployment: string, sign: (number: number) => string): Links {
  const made = new Map<number, string>();
  return {
    incident(number) {
      const link = made.get(number) ?? `${deployment}${sign(number)}`;
      made.set(number, link);
      return link;
    },
  };
}
