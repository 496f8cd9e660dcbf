import { createHmac, timingSafeEqual } from "node:crypto";

export interface SignedRequest {
  /** As it came, to the byte. */
  readonly body: string;
  readonly timestamp: string;
  readonly signature: string;
}

/** "Verifying requests from Slack": what is older may be a replay. */
const mostSeconds = 300;

/** Whether the app that has this secret signed the request, and did so just now. */
export function isSignedBy(secret: string, { body, timestamp, signature }: SignedRequest, now: Date): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > mostSeconds) return false;
  const wanted = Buffer.from(`v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`);
  const given = Buffer.from(signature);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
