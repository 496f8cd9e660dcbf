import type { Ports } from "@glasswatch/core/ports/ports";
import type { RepairLog } from "../setup.ts";

/** What copies of files are repaired with. */
export interface FileRepairSetup {
  readonly ports: Pick<Ports, "table" | "blobs">;
  /** Whether loopback and private addresses may be fetched from. */
  readonly allowPrivate: boolean;
  /** Where the media that a scan names may be fetched from, now. */
  addressOf(url: string): Promise<string>;
  /** Holds the file and its copy while one is made of the other, in a folder of their own. */
  readonly scratchFolder: string;
  readonly log: RepairLog;
  /** Aborted when the process is to stop: what is half done is done again by another. */
  readonly signal: AbortSignal;
  now(): Date;
}
