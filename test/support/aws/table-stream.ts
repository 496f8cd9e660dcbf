import type { DynamoDBRecord } from "aws-lambda";

/** Takes a batch as Lambda does. @returns the sequence numbers to be tried again */
export type StreamSubscriber = (records: readonly DynamoDBRecord[]) => Promise<readonly string[]>;

export interface TableStream {
  push(record: DynamoDBRecord): void;
  subscribe(subscriber: StreamSubscriber): void;
  /** Resolves when the batch under way is done; what waits is dropped. */
  close(): Promise<void>;
}

const batchSize = 100;

/** Hands records over in their order, batch after batch; after a failure again from the earliest that failed on. */
export function openTableStream(): TableStream {
  let waiting: DynamoDBRecord[] = [];
  let subscriber: StreamSubscriber | undefined;
  let pumping: Promise<void> | undefined;

  async function pump(): Promise<void> {
    while (subscriber && waiting.length > 0) {
      const batch = waiting.slice(0, batchSize);
      const failed = new Set(await subscriber(batch).catch(() => [sequenceOf(batch[0])]));
      const firstFailed = batch.findIndex((record) => failed.has(sequenceOf(record)));
      waiting = waiting.slice(firstFailed < 0 ? batch.length : firstFailed);
    }
    pumping = undefined;
  }

  function start(): void {
    pumping ??= Promise.resolve().then(pump);
  }

  return {
    push(record) {
      waiting.push(record);
      start();
    },
    subscribe(next) {
      subscriber = next;
      start();
    },
    async close() {
      waiting = [];
      subscriber = undefined;
      await pumping;
    },
  };
}

function sequenceOf(record: DynamoDBRecord | undefined): string {
  return record?.dynamodb?.SequenceNumber ?? "";
}
