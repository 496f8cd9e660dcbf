import { z } from "zod";

/** W3C Trace Context §3.2, version 00: `00-TRACE-PARENT-FLAGS`, neither id all zeros. */
const pattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

export const traceparentSchema = z.string().regex(pattern, "expected a W3C traceparent, version 00");

/** A trace of its own, marked as recorded. */
export function openTrace(): string {
  return `00-${randomHex(16)}-${randomHex(8)}-01`;
}

/** Another step of the same trace. */
export function nextInTrace(traceparent: string): string {
  const [version = "00", trace = "", , flags = "01"] = traceparent.split("-");
  return [version, trace, randomHex(8), flags].join("-");
}

function randomHex(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  // An id of zeros is invalid.
  random[0] = Math.max(1, random[0] ?? 1);
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
