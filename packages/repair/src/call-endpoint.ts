import { setTimeout as wait } from "node:timers/promises";
import { GlasswatchError } from "@glasswatch/core/errors";
import type { JsonObject } from "@glasswatch/core/json";
import { sendRequest } from "@glasswatch/core/net/send-request";
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
  { url, secret, allowPrivate }: RepairEndpoint & { readonly secret: string },
  id: string,
  content: JsonObject,
): Promise<number> {
  const body = JSON.stringify(content);
  for (let tried = 1; ; tried++) {
    const at = new Date();
    const headers = {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": `${Math.floor(at.getTime() / 1000)}`,
      "webhook-signature": new Webhook(secret).sign(id, at, body),
    };
    const outcome = await sendRequest({ method: "POST", url, headers, body, timeoutMs, allowPrivate }).catch(toError);
    if (!(outcome instanceof Error) && (outcome.status < 500 || tried === tries)) return outcome.status;
    if (outcome instanceof GlasswatchError) throw new ActionFailedError(outcome.message);
    if (tried === tries) throw new ActionFailedError(`${new URL(url).host} cannot be reached`, { cause: outcome });
    await wait(firstPauseMs * 2 ** (tried - 1));
  }
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
