import { lambda } from "./functions.ts";
import { publishEvents, send, useEvidence } from "./permissions.ts";
import { queuePolicy } from "./queue-policy.ts";
import { deadLetterQueue, queues } from "./queues.ts";
import { state } from "./state.ts";

/** Keeps the place in the stream of what could not be published for half a day; the stream itself keeps a whole one. */
export const unpublished = deadLetterQueue("OutboxUnpublished");

queuePolicy("OutboxUnpublished", unpublished, []);

/** What a write carries leaves through here. */
export const outbox = lambda("outbox", {
  permissions: [
    {
      actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
      resources: [state.nodes.table.streamArn],
    },
    publishEvents,
    send(...queues),
    ...useEvidence,
    { actions: ["sqs:SendMessage"], resources: [unpublished.arn] },
  ],
  timeoutSeconds: 30,
});

state.subscribe("Outbox", outbox.arn, {
  filters: [{ dynamodb: { NewImage: { outbox: { S: [{ exists: true }] } } } }],
  transform: {
    eventSourceMapping: (args) => {
      // What was written before the first poll leaves too.
      args.startingPosition = "TRIM_HORIZON";
      args.batchSize = 100;
      args.functionResponseTypes = ["ReportBatchItemFailures"];
      args.bisectBatchOnFunctionError = true;
      args.maximumRetryAttempts = -1;
      args.maximumRecordAgeInSeconds = 12 * 3600;
      args.parallelizationFactor = 10;
      args.destinationConfig = { onFailure: { destinationArn: unpublished.arn } };
    },
  },
});
