import { setTimeout as pause } from "node:timers/promises";
import type { Event } from "@glasswatch/core/events/event";
import type { StreamMedia } from "@glasswatch/core/events/stream-media";
import type { Clip, MediaInfo } from "@glasswatch/core/media";
import { isWeb } from "@glasswatch/media/net/is-fetched";
import type { FindingSnapshots } from "../scan-types.ts";
import { processError, startSupervised } from "../supervised-process.ts";
import { openBackoff } from "./backoff.ts";
import { openEventTeller } from "./event-teller.ts";
import { type FindingStep, openFindingTracker } from "./finding-tracker.ts";
import { isIncurable } from "./incurable.ts";
import type { FromLiveProcess, LiveEnding, ToLiveProcess } from "./live-messages.ts";
import type { LiveReport, LiveRequest } from "./live-types.ts";
import { momentOf, now, since, tenths } from "./monotonic-time.ts";
import { openReportSum } from "./report-sum.ts";
import { type StreamPast, troubleOf } from "./stream-past.ts";
import { openStreamTimeline } from "./stream-timeline.ts";
import { openToldIds } from "./told-ids.ts";

/** A stream to watch. */
export interface WatchedStream extends LiveRequest {
  readonly streamId: string;
  /** As the user named it, without secrets. */
  readonly name: string;
  /** What events of its state are steps of; the stream, unless it is said. */
  readonly entityId?: string;
  /** Part of the ids of findings: the same for every watch of the same run. Of its own for every watch, unless it is said. */
  readonly runKey?: string;
  /** Of an earlier watch of this run. */
  readonly past?: StreamPast;
  /** Nothing is told before `takeOver`. */
  readonly rehearsing?: boolean;
}

export interface StreamWatchEffects {
  readonly signal: AbortSignal;
  /** @param pictures with a finding that opens, where they were asked for */
  onEvent(event: Event, pictures?: FindingSnapshots): void;
  /** Of a finding that was told before, some seconds after that. */
  onClip?(findingId: string, clip: Clip): void;
  onReport(report: LiveReport): void;
  /** The process is gone, for now or for good. */
  onGone(): void;
}

/** How it went with a stream, when nobody watches it any more. */
export interface WatchOutcome {
  /** Why it was not being watched to the end; null where the source ended, or people stopped watching a sound stream. */
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Detectors that failed. */
  readonly errored: readonly string[];
  /** Where Glasswatch itself was at fault, if it was: a stack trace. */
  readonly fault: string | null;
}

export interface StreamWatch {
  readonly outcome: Promise<WatchOutcome>;
  /** Whether the source goes on in real time; null before this watch has opened it. */
  readonly live: boolean | null;
  /** Where the watch is, in the stream's own time. */
  readonly positionSeconds: number;
  /** Only key pictures are watched from now on, whatever is suspected. */
  degrade(): void;
  /** It is watched again as its user wants it. */
  restore(): void;
  /** What lies between the analysis and the source is left out. */
  skip(): void;
  /** The rehearsal is over: from here on it is told what happens, as the next step after the past. */
  takeOver(past: StreamPast): void;
}

const entry = new URL("./live-process.ts", import.meta.url);

/** A stream that has been well for so long is tried again soon when it is lost. */
const healthySeconds = 60;

type Failure = Extract<LiveEnding, { readonly type: "failed" }>["error"];

/** Watches one stream for as long as it lasts, in one process after the other. */
export function watchStream(stream: WatchedStream, effects: StreamWatchEffects): StreamWatch {
  const { signal } = effects;
  const {
    streamId,
    name,
    entityId = streamId,
    runKey = new Date().toISOString(),
    past,
    rehearsing,
    ...request
  } = stream;
  const teller = openEventTeller({ streamId, entityId, name, onEvent });
  const timeline = openStreamTimeline(`${streamId} ${runKey}`, past?.startedAt ? momentOf(past.startedAt) : undefined);
  let findings = openFindingTracker();
  if (past) teller.goOn(past.revision);
  const backoff = openBackoff();
  const measured = openReportSum();
  const errored = new Set<string>();
  let child: { send(message: ToLiveProcess): void } | undefined;
  let limit: "light" | null = null;
  let degradedAt = 0;
  let latest: LiveReport | undefined;
  let silent = rehearsing ?? false;
  let started = (past?.startedAt ?? null) !== null;
  /** Null while no process of this watch has opened the stream. */
  let isLive: boolean | null = null;
  let failure: Failure | null = null;
  /** What its next opening ends. */
  let trouble = past ? troubleOf(past) : null;
  let fault: string | null = null;
  /** Of the finding that is being told. */
  let pictures: FindingSnapshots | undefined;
  const toldIds = openToldIds();
  let stalledAt: number | undefined;
  let watchedSeconds = 0;
  let wellSince = 0;

  function onEvent(event: Event): void {
    if (!silent) effects.onEvent(event, event["detail-type"] === "finding.opened" ? pictures : undefined);
  }

  function tellFindings(steps: readonly FindingStep[]): void {
    for (const step of steps) teller.finding(step);
  }

  function opened(media: MediaInfo): void {
    timeline.begin(now(), media.live);
    watchedSeconds = 0;
    wellSince = now();
    if (limit) child?.send({ type: "impose", limit });
    if (isLive === null) begin(media.live);
    if (!started) teller.stream("stream.started", { tier: stream.tier, media: describe(media) });
    else tellRecovery();
    started = true;
    failure = null;
    stalledAt = undefined;
  }

  function tellRecovery(): void {
    if (!trouble) return;
    const { state: after, since: troubleAt } = trouble;
    trouble = null;
    teller.stream("stream.resumed", { after, afterSeconds: since(troubleAt), tier: limit ?? stream.tier });
  }

  /** What the stream is decides what makes two findings one. */
  function begin(live: boolean): void {
    isLive = live;
    findings = openFindingTracker(live ? "place" : "id");
    if (past && !silent) tellFindings(findings.adopt(past.findings));
  }

  function watchForStall({ waitedSeconds, stallSeconds, tier }: LiveReport): void {
    if (stalledAt === undefined && waitedSeconds >= stallSeconds) {
      stalledAt = now() - waitedSeconds;
      const { positionSeconds } = timeline;
      teller.stream("stream.stalled", { waitedSeconds: tenths(waitedSeconds), positionSeconds });
    } else if (stalledAt !== undefined && waitedSeconds < stallSeconds) {
      teller.stream("stream.resumed", { after: "stalled", afterSeconds: since(stalledAt), tier });
      stalledAt = undefined;
    }
  }

  function measure(report: LiveReport): void {
    measured.add(report);
    if (!report.levels) return;
    const { positionSeconds } = timeline;
    teller.stream("stream.measured", { positionSeconds, ...measured.take(), levels: [...report.levels] });
  }

  function impose(next: "light" | null): void {
    limit = next;
    child?.send({ type: "impose", limit });
  }

  function reported(report: LiveReport): void {
    timeline.advance(report.positionSeconds);
    watchedSeconds += report.mediaSeconds;
    latest = report;
    watchForStall(report);
    measure(report);
    tellFindings(findings.settle(timeline.beganSeconds, watchedSeconds));
    if (now() - wellSince >= healthySeconds && stalledAt === undefined) backoff.reset();
    effects.onReport(report);
  }

  function onMessage(message: Exclude<FromLiveProcess, LiveEnding>): void {
    if (message.type === "opened") opened(message.media);
    else if (message.type === "report") reported(message.report);
    else if (message.type === "finding") {
      pictures = message.pictures;
      const steps = findings.record(timeline.place(message.finding), now());
      tellFindings(steps);
      pictures = undefined;
      toldIds.note(message.finding.id, steps);
    } else if (message.type === "clip") {
      const findingId = toldIds.get(message.findingId);
      if (findingId !== undefined && !silent) effects.onClip?.(findingId, message.clip);
    } else if (message.type === "errored") {
      const { detectorId: id, message: reason } = message;
      if (errored.has(id)) return;
      errored.add(id);
      const facts = { tier: limit ?? stream.tier, lagSeconds: 0, skippedSeconds: 0 };
      teller.stream("stream.degraded", { ...facts, cause: "detector-errored", detector: { id, message: reason } });
    } else if (message.type === "skipped") {
      const { lagSeconds, skippedSeconds } = message;
      const facts = { lagSeconds: tenths(lagSeconds), skippedSeconds: tenths(skippedSeconds) };
      teller.stream("stream.degraded", { tier: limit ?? stream.tier, cause: "skip", ...facts });
    }
  }

  /** The failure, or null where the source is over. */
  async function connect(): Promise<Failure | null> {
    const supervised = startSupervised<ToLiveProcess, FromLiveProcess, LiveEnding>({
      entry,
      start: { type: "start", request: { ...request, ignore: ignoreFrom(timeline.expected(now())) } },
      stop: { type: "stop" },
      signal,
      isLast: (message): message is LiveEnding => ["ended", "failed", "fault"].includes(message.type),
      onMessage,
    });
    child = supervised;
    const ending = await supervised.ended;
    child = undefined;
    findings.orphan();
    toldIds.clear();
    effects.onGone();
    if (ending.how === "stopped") return null;
    if (ending.how !== "told") return processError(name, ending);
    const { last } = ending;
    if (last.type === "fault") {
      fault = last.stack;
      return { code: "internal-fault", message: `${name}: internal fault: ${last.message}` };
    }
    return last.type === "failed" ? last.error : null;
  }

  /** What the profile ignores, in the time of a connection that begins here. */
  function ignoreFrom(seconds: number): LiveRequest["ignore"] {
    return stream.ignore
      .map(({ fromSeconds, toSeconds }) => ({ fromSeconds: fromSeconds - seconds, toSeconds: toSeconds - seconds }))
      .filter(({ toSeconds }) => toSeconds > 0);
  }

  function fail(error: Failure, retryInSeconds: number | null): void {
    const isNews = failure?.code !== error.code || retryInSeconds === null;
    trouble ??= { state: "failed", since: now() };
    failure = { code: error.code, message: error.message.replaceAll(stream.input, name) };
    const retry = retryInSeconds === null ? null : tenths(retryInSeconds);
    if (isNews) teller.stream("stream.failed", { error: failure, retryInSeconds: retry });
  }

  async function watch(): Promise<WatchOutcome> {
    while (!signal.aborted) {
      const error = await connect();
      if (signal.aborted) break;
      if (error === null) {
        tellFindings(findings.end(timeline.positionSeconds));
        teller.stream("stream.ended", { positionSeconds: timeline.positionSeconds });
        break;
      }
      const isFinal = !isWeb(stream.input) || (!started && isIncurable(error.code));
      const retryInSeconds = isFinal ? null : backoff.next();
      fail(error, retryInSeconds);
      if (retryInSeconds === null) break;
      await pause(retryInSeconds * 1000, undefined, { signal }).catch(() => {});
    }
    return { error: failure ?? (started ? null : neverOpened(name)), errored: [...errored], fault };
  }

  return {
    outcome: watch(),
    get live() {
      return isLive;
    },
    get positionSeconds() {
      return timeline.positionSeconds;
    },
    degrade() {
      degradedAt = now();
      impose("light");
      const lagSeconds = tenths(latest?.lagSeconds ?? 0);
      teller.stream("stream.degraded", { tier: "light", cause: "overload", lagSeconds, skippedSeconds: 0 });
    },
    restore() {
      impose(null);
      const { tier } = stream;
      teller.stream("stream.resumed", { after: "degraded", afterSeconds: since(degradedAt), tier });
    },
    skip: () => child?.send({ type: "skip" }),
    takeOver(latest) {
      silent = false;
      teller.goOn(latest.revision);
      trouble = troubleOf(latest);
      tellFindings(findings.adopt(latest.findings));
      if (isLive !== null && failure === null) tellRecovery();
    },
  };
}

function neverOpened(name: string): Failure {
  return { code: "interrupted", message: `${name}: stopped before it was open` };
}

function describe({ container, video, audio }: MediaInfo): StreamMedia {
  return {
    container,
    video: video && { codec: video.codec, width: video.width, height: video.height, fps: video.fps },
    audio: audio.map(({ track, codec, channels, sampleRate }) => ({ track, codec, channels, sampleRate })),
  };
}
