import { openEventLog } from "@glasswatch/core/state/event-log";
import { now, ports } from "./composition.ts";
import { eventConsumer } from "./queue-consumer.ts";

const events = openEventLog(ports.table, now);

export const handler = eventConsumer((event) => events.append(event));
