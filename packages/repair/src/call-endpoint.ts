import type { JsonObject } from "@glasswatch/core/json";
import { Webhook } from "standardwebhooks";
import { ActionFailedError } from "./action.ts";
import type { RepairEndpoint } from "./setup.ts";

const timeoutMs = 10_000;

/** Tries of one call, and the wait before the second, which doubles. */
const tries = 3;
const firstPauseMs = 500;

/**
 * Posts JSON, signed as https://www.standardwebhooks.com says. The same id again is the same request to its receiver.
 *
 * @returns the status of the answer
 * @throws ActionFailedError where nobody answers
 */
export async function callEndpoint(
  { url, secret }: RepairEndpoint,
  id: string,
  content: JsonObject,
  signal: AbortSignal,
): Promise<number> {
  const body = JSON.stringify(content);
  for (let tried = 1; ; tried++) {
    const status = await post({ url, secret, id, body, signal });
    if (status !== null && status < 500) return status;
    if (tried === tries || signal.aborted) {
      if (status !== null) return status;
      throw new ActionFailedError(`${new URL(url).host} cannot be reached`);
    }
    await new Promise((resolve) => setTimeout(resolve, firstPauseMs * 2 ** (tried - 1)));
  }
}

interface Post extends RepairEndpoint {
  readonly id: string;
  readonly body: string;
  readonly signal: AbortSignal;
}

async function post({ url, secret, id, body, signal }: Post): Promise<number | null> {
  const at = new Date();
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": `${Math.floor(at.getTime() / 1000)}`,
    "webhook-signature": new Webhook(secret).sign(id, at, body),
  };
  const ended = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await fetch(url, { method: "POST", headers, body, redirect: "error", signal: ended });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
}
