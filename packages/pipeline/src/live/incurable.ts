import type { InputErrorCode } from "@glasswatch/core/errors";

/** Errors of the first try that no waiting cures: somebody named the wrong thing, or one that is not supported. */
const incurable: ReadonlySet<string> = new Set<InputErrorCode>([
  "not-media",
  "unsupported-codec",
  "unsupported-protocol",
  "encrypted",
  "redirect-loop",
  "address-refused",
]);

/** A stream that has been seen once is tried again whatever is wrong with it now: encoders are restarted. */
export function isIncurable(code: string): boolean {
  return incurable.has(code);
}
