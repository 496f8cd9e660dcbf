import type { Finding } from "@glasswatch/core/finding";
import { momentOf } from "./monotonic-time.ts";

/** What an earlier watch of a stream leaves to the one that goes on. */
export interface StreamPast {
  /** When the stream was opened first; null where it never was. */
  readonly startedAt: Date | null;
  /** Of the latest event of its state. */
  readonly revision: number;
  /** What was wrong with it when the earlier watch ended. */
  readonly trouble: { readonly state: "stalled" | "failed"; readonly since: Date } | null;
  /** Those that were open. */
  readonly findings: readonly Finding[];
}

/** What is wrong with a stream, until it is opened again. */
interface Trouble {
  readonly state: "stalled" | "failed";
  /** On the monotonic clock, in seconds. */
  readonly since: number;
}

export function troubleOf({ trouble }: StreamPast): Trouble | null {
  return trouble && { state: trouble.state, since: momentOf(trouble.since) };
}
