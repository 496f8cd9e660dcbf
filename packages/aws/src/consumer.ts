import { setTimeout as wait } from "node:timers/promises";
import type { Message, SQSClient } from "@aws-sdk/client-sqs";
import type { JsonValue } from "@glasswatch/core/json";
import type { Blobs } from "@glasswatch/core/ports/blobs";
import type { ConsumeOptions, Consumer, ReceivedMessage } from "@glasswatch/core/ports/queues";
import { Consumer as Poller } from "sqs-consumer";
import { resolveReferences } from "./references.ts";
import type { AwsQueue } from "./resources.ts";
import { openTurns, type Turns } from "./turns.ts";

/** How long a request waits for a message, and a consumer that stops for its last request. */
const pollSeconds = 1;

/** After a request that failed. */
const pauseMs = 1000;

export interface ConsumerSetup {
  readonly client: SQSClient;
  readonly queue: AwsQueue;
  readonly blobs: Blobs;
  readonly handler: (message: ReceivedMessage) => Promise<void>;
  readonly options: ConsumeOptions;
}

/**
 * Takes messages one at a time in as many loops as are to be handled at once, so that a long one holds up no other. The
 * loops ask the queue in turns: whoever waits for `ready` knows what all before have taken, and one request is under way.
 */
export function openConsumer(setup: ConsumerSetup): Consumer {
  const turns = openTurns();
  const stopping = Promise.withResolvers<never>();
  stopping.promise.catch(() => {});
  const loops = Array.from({ length: setup.options.concurrency }, () => openLoop(setup, turns, stopping.promise));
  return {
    async stop() {
      stopping.reject(new StoppedError("the consumer stops"));
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

function openLoop(
  { client, queue, blobs, handler, options }: ConsumerSetup,
  turns: Turns,
  stopping: Promise<never>,
): Consumer {
  const { visibilitySeconds } = queue;
  const { ready, onError } = options;
  let endTurn = () => {};
  let hasFailed = false;
  let stopped: Promise<void> | undefined;

  async function waitForTurn(): Promise<void> {
    endTurn = await Promise.race([stopping, turns.take()]);
    if (hasFailed) await Promise.race([stopping, wait(pauseMs)]);
    hasFailed = false;
    if (ready) await Promise.race([stopping, ready()]);
  }

  async function handle(message: Message): Promise<Message> {
    // What comes with the last request goes back at once.
    if (stopped) throw new StoppedError("the consumer stops");
    const receiveCount = receiveCountOf(message);
    const id = message.MessageId ?? "";
    let body: JsonValue = message.Body ?? "";
    try {
      body = await resolveReferences(JSON.parse(body), blobs);
      await handler({ id, body, receiveCount });
    } catch (error) {
      onError?.(error, { id, body, receiveCount });
      throw error;
    }
    return message;
  }

  const poller = Poller.create({
    queueUrl: queue.url,
    sqs: client,
    batchSize: 1,
    waitTimeSeconds: pollSeconds,
    visibilityTimeout: visibilitySeconds,
    heartbeatInterval: visibilitySeconds / 3,
    messageSystemAttributeNames: ["ApproximateReceiveCount"],
    preReceiveMessageCallback: waitForTurn,
    postReceiveMessageCallback: async () => endTurn(),
    handleMessage: handle,
    terminateVisibilityTimeout: ([message]) =>
      stopped ? 0 : Math.min(visibilitySeconds, 2 ** (receiveCountOf(message) - 1)),
  });
  poller.on("error", (_, message) => {
    // Of the request itself; with a message, of what was done about that.
    if (message !== undefined) return;
    hasFailed = true;
    endTurn();
  });
  poller.start();

  return {
    stop() {
      stopped ??= lastPollOf(poller);
      // Plain: to abort would abort deletes that are under way, and their messages would come again.
      poller.stop();
      return stopped;
    },
  };
}

class StoppedError extends Error {
  override readonly name = "StoppedError";
}

/** Resolves when the request that is under way, and what it brought, is done with. */
function lastPollOf(poller: Poller): Promise<void> {
  if (!poller.status.isPolling) return Promise.resolve();
  return new Promise((resolve) => {
    poller.once("response_processed", () => resolve());
    poller.once("empty", () => resolve());
    poller.on("error", (_, message) => {
      if (message === undefined) resolve();
    });
  });
}

function receiveCountOf(message: Message | undefined): number {
  return Number(message?.Attributes?.ApproximateReceiveCount ?? 1);
}
