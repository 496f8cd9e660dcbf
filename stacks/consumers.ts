import type { ConsumerQueue, timersQueue } from "@glasswatch/core/queues";
import { lambda } from "./functions.ts";
import {
  type Permission,
  publishEvents,
  readEvidence,
  receive,
  sendSms,
  setTimers,
  useEvidence,
  useState,
} from "./permissions.ts";
import { queueNamed } from "./queues.ts";
import { alerts } from "./secrets.ts";

interface ConsumerNeeds {
  readonly permissions: readonly Permission[];
  readonly secrets?: readonly sst.Secret[];
  readonly timeoutSeconds?: number;
}

const consumers: Record<
  | Exclude<ConsumerQueue, "repair" | "file-repairs">
  | typeof timersQueue.name
  | "uploads"
  | "task-stops"
  | "sms-replies",
  ConsumerNeeds
> = {
  incidents: { permissions: [useState, ...useEvidence, ...setTimers] },
  notify: { permissions: [useState, ...readEvidence, ...setTimers, ...sendSms], secrets: [alerts] },
  archive: { permissions: [useState, ...readEvidence] },
  // A message that is early by the difference of two clocks is waited for.
  timers: { permissions: [useState, publishEvents, ...useEvidence], timeoutSeconds: 30 },
  uploads: { permissions: [useState, ...useEvidence] },
  "task-stops": { permissions: [useState, ...useEvidence] },
  "sms-replies": { permissions: [useState, ...useEvidence, ...sendSms], secrets: [alerts] },
};

for (const [name, needs] of Object.entries(consumers)) {
  const from = queueNamed(name);
  const consumer = lambda(name, {
    // AWS asks for a sixth: what a batch waits for, and its tries, have to fit into the time for which it is hidden.
    timeoutSeconds: from.declaration.visibilitySeconds / 6,
    ...needs,
    permissions: [receive(from), ...needs.permissions],
  });
  from.queue.subscribe(consumer.arn, { batch: { size: 10, partialResponses: true } });
}
