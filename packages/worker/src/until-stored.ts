import { UnavailableError } from "@glasswatch/core/ports/errors";
import pRetry from "p-retry";

/**
 * Writes until it is stored: while nothing can be stored, again and again with growing pauses.
 *
 * @throws whatever else the write throws; the signal's reason when that is aborted
 */
export function untilStored<Result>(write: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  return pRetry(write, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 100,
    maxTimeout: 1000,
    randomize: true,
    signal,
    shouldRetry: ({ error }) => error instanceof UnavailableError,
  });
}
