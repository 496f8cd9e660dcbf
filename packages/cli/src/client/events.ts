import { ExitCode } from "@glasswatch/core/errors";
import type { Event } from "@glasswatch/core/events/event";
import type { Effects } from "../effects.ts";
import { paintFor } from "../human/paint.ts";
import { writeOut } from "../output-stream.ts";
import { openEventLines } from "../watch/event-line.ts";
import { openApiClient } from "./api-client.ts";

export interface EventsOptions {
  readonly data: string;
  readonly follow: boolean;
  readonly json: boolean;
}

interface EventsPage {
  readonly items: readonly Event[];
  readonly next: string;
}

const pollMs = 250;
const pageEvents = 500;

export async function showEvents({ data, follow, json }: EventsOptions, effects: Effects): Promise<ExitCode> {
  const api = await openApiClient(data, effects.cwd);
  const lines = openEventLines(paintFor(effects, effects.stdout));
  const gone = new AbortController();
  // Whoever reads may leave, as `head` does.
  effects.stdout.once("error", () => gone.abort());
  const signal = AbortSignal.any([effects.signal, gone.signal]);

  for (let after = ""; !signal.aborted; ) {
    const query = after === "" ? "" : `&after=${encodeURIComponent(after)}`;
    const { items, next } = (await api.request("GET", `/v1/events?limit=${pageEvents}${query}`)) as EventsPage;
    for (const event of items) {
      const line = json ? JSON.stringify(event) : lines.lineOf(event);
      if (line !== undefined) await writeOut(effects.stdout, `${line}\n`);
    }
    after = next;
    if (items.length > 0) continue;
    if (!follow) break;
    await pause(signal);
  }
  return ExitCode.clean;
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, pollMs);
    signal.addEventListener("abort", done);
  });
}
