import type { Ports } from "@glasswatch/core/ports/ports";
import type { Authenticate } from "./auth/caller.ts";
import type { Hooks } from "./hooks/hooks.ts";

export interface ApiOptions {
  readonly ports: Pick<Ports, "table" | "queues" | "blobs">;
  readonly authenticate: Authenticate;
  /** Names of the detector groups that watch what is created here. */
  readonly groups: readonly string[];
  /** Admits loopback and private sources. */
  readonly allowPrivate: boolean;
  readonly hooks?: Hooks;
  /** Where a request comes from, by what the server gives along; too many without a key from there are not looked at. */
  readonly addressOf: (env: unknown) => string;
  /** Per caller, counted by this process. */
  readonly requestsPerMinute?: number;
  readonly now?: () => Date;
  /** Told of each fault of ours that a request met; the answer says nothing of it. */
  readonly onFault?: (error: unknown, requestId: string) => void;
}

/** A runaway loop of one caller is stopped; 10,000 scans that are sent one by one are not. */
export const defaultRequestsPerMinute = 20_000;
