import { offerWantedLeases } from "@glasswatch/core/state/wanted-leases";
import { log, now, ports } from "./composition.ts";

export async function handler(): Promise<void> {
  const offered = await offerWantedLeases(ports.table, now);
  if (offered > 0) log.warn({ offered }, "streams that nobody had been invited to watch");
}
