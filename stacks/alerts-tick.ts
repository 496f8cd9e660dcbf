import { lambda } from "./functions.ts";
import { readEvidence, seeQueues, sendSms, setTimers, useState } from "./permissions.ts";
import { queuePolicy } from "./queue-policy.ts";
import { deadLetterQueue } from "./queues.ts";
import { alerts } from "./secrets.ts";

export const unticked = deadLetterQueue("AlertsTickFailures");

queuePolicy("AlertsTickFailures", unticked, []);

/** Tells people what no event tells: the digest of a day, and that nobody watches. */
new sst.aws.CronV2("AlertsTick", {
  schedule: "rate(1 minute)",
  function: lambda("alerts-tick", {
    permissions: [useState, seeQueues, ...readEvidence, ...setTimers, ...sendSms],
    secrets: [alerts],
    timeoutSeconds: 50,
  }),
  // The next minute is the next try.
  retries: 0,
  dlq: unticked.arn,
});
