import { alerts } from "./alerts.ts";

/** Each minute: a digest may be due, and it is looked whether Glasswatch sees. The next minute is the next try. */
export async function handler(): Promise<void> {
  await alerts?.tick();
}
