import type { Event } from "@glasswatch/core/events/event";

/** Where events are posted to. */
export interface Endpoint {
  readonly url: string;
}

/** The receiver did not take the event; it is to be delivered again. */
export class NotDeliveredError extends Error {
  override readonly name = "NotDeliveredError";
}

const timeoutMs = 10_000;

/**
 * Posts an event as JSON. It may come more than once: the header `Idempotency-Key` is the same then.
 *
 * @throws NotDeliveredError where nobody answers within 10 s, or with something else than 2xx
 */
export async function deliverWebhook(event: Event, { url }: Endpoint): Promise<void> {
  const { host } = new URL(url);
  const request = {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": event.detail.idempotencyKey },
    body: JSON.stringify(event),
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  } as const;
  const response = await fetch(url, request).catch((cause) => {
    throw new NotDeliveredError(`the webhook at ${host} cannot be reached`, { cause });
  });
  await response.body?.cancel();
  if (!response.ok) throw new NotDeliveredError(`the webhook at ${host} answered ${response.status}`);
}
