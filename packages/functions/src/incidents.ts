import { handleEvent } from "@glasswatch/incidents/handle-event";
import { defaultPolicy } from "@glasswatch/incidents/policy";
import { now, ports } from "./composition.ts";
import { eventConsumer } from "./queue-consumer.ts";

export const handler = eventConsumer((event) => handleEvent(event, { ports, now, policy: defaultPolicy }));
