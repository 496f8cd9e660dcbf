import { createInterface } from "node:readline";
import { type Event, eventSchema } from "@glasswatch/core/events/event";
import { glasswatch } from "../commands.ts";
import { killGroup, start } from "./running.ts";

export interface SeenEvent {
  readonly event: Event;
  /** When its line was read, in milliseconds since the epoch. */
  readonly seenAtMs: number;
}

export interface WatchRun {
  readonly processId: number;
  /** Every event so far, in order. */
  readonly events: readonly SeenEvent[];
  /** Resolves when the sources are over. */
  readonly ended: Promise<void>;
  /** Ends it before that. */
  stop(): Promise<void>;
}

/** Runs `glasswatch watch --json --measurements`. */
export function startWatch(urls: readonly string[]): WatchRun {
  const child = start(glasswatch("watch", ...urls, "--json", "--measurements"), { stdio: ["ignore", "pipe", "pipe"] });
  const { pid, stdout, stderr } = child;
  if (pid === undefined || !stdout || !stderr) throw new Error("glasswatch watch does not start");
  let complaints = "";
  stderr.on("data", (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-2000);
  });
  const events: SeenEvent[] = [];
  createInterface(stdout).on("line", (line) => {
    const seenAtMs = Date.now();
    events.push({ event: eventSchema.parse(JSON.parse(line)), seenAtMs });
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    processId: pid,
    events,
    ended,
    async stop() {
      if (child.exitCode !== null) throw new Error(`glasswatch watch ended by itself: ${complaints}`);
      killGroup(child);
      await ended;
    },
  };
}
