import type { JsonValue } from "@glasswatch/core/json";
import type { Ports } from "@glasswatch/core/ports/ports";
import { openEmbedded } from "@glasswatch/embedded/open-embedded";
import { contractQueues, contractRoutes } from "./harness.ts";

/** The ports in a folder, for a process of its own. */
export function openPorts(folder: JsonValue): Promise<Ports> {
  return openEmbedded({ folder: String(folder), queues: contractQueues, routes: contractRoutes });
}
