import type { AnyDetector } from "@glasswatch/core/detector";
import type { DetectorGroup } from "@glasswatch/core/groups";
import type { Ports } from "@glasswatch/core/ports/ports";
import type { Logger } from "pino";
import type { WorkerTimes } from "./times.ts";

/** What a worker is made with. */
export interface WorkerSetup {
  readonly ports: Ports;
  readonly group: DetectorGroup;
  /** Names this process among all workers there are and were. */
  readonly owner: string;
  readonly registry: readonly AnyDetector[];
  /** Whether loopback and private addresses may be fetched from. */
  readonly allowPrivate: boolean;
  /** Where what a scan names may be fetched from, now; as it is named, unless it is said. */
  readonly addressOf?: (url: string) => Promise<string>;
  /** Units of work that this machine carries; see `units.ts`. */
  readonly capacityUnits: number;
  readonly log: Logger;
  /** Those of `workerTimes`, unless others are given: all workers on one table need the same lease terms. */
  readonly times?: WorkerTimes;
  now(): Date;
}
