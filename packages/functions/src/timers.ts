import { ringTimer } from "@glasswatch/aws/ring-timer";
import { now, ports } from "./composition.ts";
import { queueConsumer } from "./queue-consumer.ts";

export const handler = queueConsumer((body) => ringTimer(body, ports, now));
