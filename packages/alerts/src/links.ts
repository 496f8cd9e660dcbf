import type { AlertsConfig } from "./alerts-config.ts";

/** Where people read on; null where the configuration has no `publicUrl`. */
export interface Links {
  incident(id: string): string | null;
  stream(id: string): string | null;
  finding(id: string): string | null;
}

export function openLinks({ publicUrl }: Pick<AlertsConfig, "publicUrl">): Links {
  const linkTo = (things: string) => (id: string) =>
    publicUrl === undefined ? null : `${publicUrl.replace(/\/+$/, "")}/v1/${things}/${encodeURIComponent(id)}`;
  return { incident: linkTo("incidents"), stream: linkTo("streams"), finding: linkTo("findings") };
}
