import type { JsonValue } from "../json.ts";
import type { QueueMessage } from "./outgoing.ts";

export interface ReceivedMessage {
  readonly id: string;
  readonly body: JsonValue;
  /** How often it was handed out, this time included. */
  readonly receiveCount: number;
}

export interface ConsumeOptions {
  /** Messages handled at the same time. */
  readonly concurrency: number;
  /** Awaited before each message is taken: a consumer that has no room for more waits here. */
  readonly ready?: () => Promise<void>;
  /** Called with what a handler threw. The message comes again. */
  readonly onError?: (error: unknown, message: ReceivedMessage) => void;
}

export interface Consumer {
  /** Takes no more messages; resolves when the handlers that run are done, whatever `ready` still waits for. */
  stop(): Promise<void>;
}

export interface QueueState {
  readonly queue: string;
  /** Waiting to be taken. */
  readonly waiting: number;
  /** Taken and not done. */
  readonly inFlight: number;
  /** In the dead-letter queue. */
  readonly dead: number;
  /** Of the message that has waited longest; null where none waits, or nobody knows. */
  readonly oldestSeconds: number | null;
}

/**
 * Queues as they are declared in `queues.ts`: at least once, in no order that anybody may rely on. A message that was taken
 * is hidden for as long as its handler runs; where its process dies it comes again after the queue's visibility time-out.
 * What was taken as often as the queue allows without being done is put into the dead-letter queue.
 */
export interface Queues {
  /**
   * @throws UnavailableError where it was not accepted; what was may have been, in part
   * @throws RangeError for a queue that nobody declared
   */
  send(messages: readonly QueueMessage[]): Promise<void>;
  /** Done when the handler resolves; comes again when it rejects. */
  consume(queue: string, handler: (message: ReceivedMessage) => Promise<void>, options: ConsumeOptions): Consumer;
  state(): Promise<readonly QueueState[]>;
  /** Puts every dead letter back into its queue, its count at zero. @returns how many */
  redrive(queue: string): Promise<number>;
}
