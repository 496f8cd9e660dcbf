import { openMedia } from "@glasswatch/media/open";
import { failureOf, followSupervisor } from "../supervised-child.ts";
import type { FromLiveProcess, LiveEnding, ToLiveProcess } from "./live-messages.ts";
import { type LiveSession, openLiveSession } from "./live-session.ts";
import type { LiveRequest } from "./live-types.ts";

/*
 * The process of one live stream. Native code that decodes hostile media runs here and nowhere else: if it crashes or
 * hangs, the supervisor loses this one process and starts another.
 */

const reportMs = 1000;
/** A live playlist may pause for so long. Opening it again would only bring what was seen already. */
const staleSeconds = 600;
/** Levels go with one report in so many, and with an early one: somebody may wait to see that the stream is well. */
const reportsPerLevels = 10;
const reportsToFirstLevels = 3;

const stop = new AbortController();
let session: LiveSession | undefined;
let reports = 0;

function tell(message: FromLiveProcess): void {
  process.send?.(message);
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function report(): void {
  if (session) {
    reports++;
    const withLevels = reports === reportsToFirstLevels || reports % reportsPerLevels === 0;
    tell({ type: "report", report: session.report(withLevels) });
  } else tell({ type: "alive" });
}

async function watch(request: LiveRequest): Promise<void> {
  const { signal } = stop;
  const { input, allowPrivate, illustrate = false } = request;
  const options = { allowPrivate, signal, liveEdge: true, staleSeconds, keepsRecent: illustrate };
  const reader = await openMedia(input, options);
  try {
    session = openLiveSession(reader, request, {
      signal,
      now: () => performance.now() / 1000,
      cpuSeconds,
      onFinding: (finding, pictures) => tell({ type: "finding", finding, ...(pictures && { pictures }) }),
      onClip: (findingId, clip) => tell({ type: "clip", findingId, clip }),
      onErrored: (detectorId, message) => tell({ type: "errored", detectorId, message }),
      onSkipped: (skip) => tell({ type: "skipped", ...skip }),
    });
    tell({ type: "opened", media: reader.info });
    await session.run();
  } finally {
    await reader.close();
  }
}

async function endingOf(request: LiveRequest): Promise<LiveEnding> {
  try {
    await watch(request);
    return { type: "ended" };
  } catch (error) {
    return failureOf(error, request.input, stop.signal);
  }
}

followSupervisor();
process.on("message", async (message: ToLiveProcess) => {
  if (message.type === "stop") return stop.abort();
  if (message.type === "impose") return session?.impose(message.limit);
  if (message.type === "skip") return session?.skip();
  const life = setInterval(report, reportMs);
  const ending = await endingOf(message.request);
  clearInterval(life);
  if (session) tell({ type: "report", report: session.report(true) });
  process.send?.(ending, () => process.exit(0));
});
