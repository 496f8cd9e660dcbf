import { handleEvent } from "@glasswatch/incidents/handle-event";
import { ports } from "./composition.ts";
import { eventConsumer } from "./queue-consumer.ts";

export const handler = eventConsumer((event) => handleEvent(event, ports));
