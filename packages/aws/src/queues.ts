import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  type QueueAttributeName,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { JsonValue } from "@glasswatch/core/json";
import type { Blobs } from "@glasswatch/core/ports/blobs";
import { UnavailableError } from "@glasswatch/core/ports/errors";
import type { QueueState, Queues } from "@glasswatch/core/ports/queues";
import { batchesOf, mostRequestBytes, sendEach } from "./batches.ts";
import { openConsumer } from "./consumer.ts";
import { answerOf } from "./errors.ts";
import { jsonText } from "./json-text.ts";
import { referTo } from "./references.ts";
import type { AwsQueue } from "./resources.ts";

const visible: QueueAttributeName = "ApproximateNumberOfMessages";
const delayed: QueueAttributeName = "ApproximateNumberOfMessagesDelayed";
const taken: QueueAttributeName = "ApproximateNumberOfMessagesNotVisible";

interface Sending {
  readonly url: string;
  readonly texts: readonly string[];
}

/** Queues of SQS, each with a dead-letter queue. A body over 256 KB goes into a blob. */
export function openQueues(client: SQSClient, queues: readonly AwsQueue[], blobs: Blobs): Queues {
  function queueOf(name: string): AwsQueue {
    const queue = queues.find((candidate) => candidate.name === name);
    if (!queue) throw new RangeError(`there is no queue "${name}"`);
    return queue;
  }

  async function textOf(body: JsonValue): Promise<string> {
    const text = jsonText(body);
    return Buffer.byteLength(text) <= mostRequestBytes ? text : jsonText(await referTo(body, blobs));
  }

  async function sendBatch({ url, texts }: Sending): Promise<void> {
    const Entries: SendMessageBatchRequestEntry[] = texts.map((text, index) => ({ Id: `${index}`, MessageBody: text }));
    const { Failed = [] } = await answerOf(client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries })));
    const [first] = Failed;
    if (first) throw new UnavailableError(`AWS: ${first.Code}: ${first.Message}`);
  }

  async function sendTexts(sendings: readonly Sending[]): Promise<void> {
    const batches = sendings.flatMap(({ url, texts }) =>
      batchesOf(texts, (text) => Buffer.byteLength(text)).map((batch) => ({ url, texts: batch })),
    );
    const results = await sendEach(batches, sendBatch);
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  }

  /** Long polling asks all of SQS's servers: an empty answer means an empty queue. */
  async function receiveDead({ deadLetterUrl }: AwsQueue): Promise<readonly Message[]> {
    const input = { QueueUrl: deadLetterUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 60, WaitTimeSeconds: 1 };
    return (await answerOf(client.send(new ReceiveMessageCommand(input)))).Messages ?? [];
  }

  async function stateOf({ name, url, deadLetterUrl }: AwsQueue): Promise<QueueState> {
    const [own, dead] = await Promise.all([countsOf(client, url), countsOf(client, deadLetterUrl)]);
    // Only CloudWatch knows how old the oldest message is.
    return { queue: name, ...own, dead: dead.waiting + dead.inFlight, oldestSeconds: null };
  }

  return {
    async send(messages) {
      const urls = messages.map(({ queue }) => queueOf(queue).url);
      const texts = await Promise.all(messages.map(({ body }) => textOf(body)));
      const sendings = [...new Set(urls)].map((url) => ({
        url,
        texts: texts.filter((_, index) => urls[index] === url),
      }));
      await sendTexts(sendings);
    },
    consume: (queue, handler, options) => openConsumer({ client, queue: queueOf(queue), blobs, handler, options }),
    state: () => Promise.all(queues.map(stateOf)),
    async redrive(name) {
      const queue = queueOf(name);
      let moved = 0;
      for (let dead = await receiveDead(queue); dead.length > 0; dead = await receiveDead(queue)) {
        await sendTexts([{ url: queue.url, texts: dead.map(({ Body = "" }) => Body) }]);
        const Entries = dead.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
        await answerOf(client.send(new DeleteMessageBatchCommand({ QueueUrl: queue.deadLetterUrl, Entries })));
        moved += dead.length;
      }
      return moved;
    },
  };
}

async function countsOf(client: SQSClient, url: string): Promise<Pick<QueueState, "waiting" | "inFlight">> {
  const input = { QueueUrl: url, AttributeNames: [visible, delayed, taken] };
  const { Attributes = {} } = await answerOf(client.send(new GetQueueAttributesCommand(input)));
  const count = (name: QueueAttributeName) => Number(Attributes[name] ?? 0);
  return { waiting: count(visible) + count(delayed), inFlight: count(taken) };
}
