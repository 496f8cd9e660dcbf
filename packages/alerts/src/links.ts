import type { IncidentLinks } from "@glasswatch/core/state/incident-links";
import type { AlertsConfig } from "./alerts-config.ts";

/** Where people read on without a key; null where the configuration has no `publicUrl`. */
export interface Links {
  /** @param number of the incident. The link is the same all day, so that what is shown is not edited for it */
  incident(number: number): string | null;
}

/** @returns gives the links of today; they are asked for each time, so that what was revoked is sent to nobody */
export function openLinks(
  { publicUrl }: Pick<AlertsConfig, "publicUrl">,
  incidentLinks: IncidentLinks,
): () => Promise<Links> {
  if (publicUrl === undefined) return async () => ({ incident: () => null });
  const deployment = new URL(publicUrl).href.replace(/\/+$/, "");
  return async () => {
    const sign = await incidentLinks.signer();
    return { incident: (number) => `${deployment}${sign(number)}` };
  };
}
