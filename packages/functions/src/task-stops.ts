import { openLeases } from "@glasswatch/core/state/leases";
import { z } from "zod";
import { now, ports } from "./composition.ts";
import { queueConsumer } from "./queue-consumer.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html; a task owns leases by its ARN. */
const taskStoppedSchema = z.object({
  detail: z.object({ taskArn: z.string(), lastStatus: z.literal("STOPPED") }),
});

const leases = openLeases(ports.table, now);

/** What a task that is gone watched, others may claim at once. */
export const handler = queueConsumer(async (body) => {
  const { detail } = taskStoppedSchema.parse(body);
  await leases.freeAllOf(detail.taskArn);
});
