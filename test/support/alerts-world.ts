import { onTestFinished } from "vitest";
import { emptyFolder } from "./opened-embedded.ts";
import { type AlertsWorld, type AlertsWorldOptions, startAlertsWorld } from "./start-alerts-world.ts";

export type { AlertsWorld };

/** Alerts that end with the test. */
export async function openAlertsWorld(options: Omit<AlertsWorldOptions, "folder"> = {}): Promise<AlertsWorld> {
  const world = await startAlertsWorld({ ...options, folder: await emptyFolder() });
  onTestFinished(() => world.close());
  return world;
}
