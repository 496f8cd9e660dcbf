import { buildApp } from "fauxqs";

const longestPollSeconds = 0.1;

/** How a request begins; headers tell of objects what their body does not. */
export interface StoreRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface QueueService {
  readonly url: string;
  /** Sees each request to SQS, SNS and S3; those that it does not let pass are answered with 503. */
  watch(passes: (request: StoreRequest) => boolean): void;
  close(): Promise<void>;
}

/** SQS, SNS and S3 by fauxqs, in memory. */
export async function openQueueService(): Promise<QueueService> {
  let passes: (request: StoreRequest) => boolean = () => true;
  const app = buildApp({ logger: false });
  app.addHook("onRequest", async ({ method, url, headers }, reply) => {
    if (!passes({ method, url, headers })) return reply.status(503).send();
  });
  // A consumer that stops waits for its last request, and a test for the consumer.
  app.addHook("preHandler", async ({ body }) => {
    const isPoll = typeof body === "object" && body !== null && "WaitTimeSeconds" in body;
    if (isPoll) body.WaitTimeSeconds = Math.min(Number(body.WaitTimeSeconds), longestPollSeconds);
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    url,
    watch(decide) {
      passes = decide;
    },
    close: () => app.close(),
  };
}
