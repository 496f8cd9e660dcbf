import { alerts } from "./alerts.ts";
import { eventConsumer } from "./queue-consumer.ts";

/** Events wait in their queue, and then among the dead letters, until the configuration can be made sense of. */
export const handler = eventConsumer(async (event) => {
  if (!alerts) throw new Error("the secret Alerts is not valid; see the log of this function's start");
  await alerts.handle(event);
});
