import { lambda } from "./functions.ts";
import { useEvidence, useState } from "./permissions.ts";
import { queuePolicy } from "./queue-policy.ts";
import { deadLetterQueue } from "./queues.ts";

export const unreconciled = deadLetterQueue("ReconcileFailures");

queuePolicy("ReconcileFailures", unreconciled, []);

/** Sees to it that every wanted stream has a live lease. */
new sst.aws.CronV2("Reconcile", {
  schedule: "rate(1 minute)",
  function: lambda("reconcile", { permissions: [useState, ...useEvidence], timeoutSeconds: 50 }),
  // The next minute is the next try.
  retries: 0,
  dlq: unreconciled.arn,
});
