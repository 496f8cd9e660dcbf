import type { SourceGroup, SourcePeriod } from "../byte-source.ts";
import { interrupted } from "../net/http-errors.ts";
import type { ResourceLoader } from "../net/resource-loader.ts";
import { openMissedSegments } from "./missed-segments.ts";
import type { Segment, SegmentSupply } from "./segment.ts";
import { initId, type OpenedSegment, openSegmentOpener } from "./segment-opener.ts";
import { openSegmentQueue } from "./segment-queue.ts";

export interface SegmentGroupOptions {
  /** Of the playlist, for messages. */
  readonly url: string;
  readonly supply: SegmentSupply;
  readonly loader: ResourceLoader;
  readonly language?: string;
  readonly durationSeconds: number | null;
  /** Null where more become known. */
  readonly segmentCount: number | null;
}

interface Upcoming {
  readonly segment: Segment;
  readonly opened: OpenedSegment;
  readonly init: Uint8Array | null;
}

/** Elementary streams that their demuxer gives times from 0. */
const packed: ReadonlySet<SourcePeriod["demuxer"]> = new Set(["aac", "mp3", "ac3", "eac3"]);

/**
 * A run of segments as periods of continuous bytes. A new period begins where clocks restart or the initialisation
 * changes, and in packed audio also behind a missing segment, as nothing within the bytes would show that it is missing.
 */
export function segmentGroup(options: SegmentGroupOptions): SourceGroup {
  const { url, supply, loader, language, durationSeconds, segmentCount } = options;
  const opener = openSegmentOpener(loader);
  const queue = openSegmentQueue(supply, opener);
  const missed = openMissedSegments(url);
  let upcoming: Upcoming | null = null;
  let holeBefore = false;
  let current: Upcoming | null = null;
  let previous: Upcoming | null = null;
  let failure: unknown;
  let closed = false;

  /** The next segment that opens; null at the end. What cannot be had is noted and passed over. */
  async function look(): Promise<Upcoming | null> {
    if (closed) throw interrupted(url);
    while (upcoming === null) {
      const queued = await queue.take();
      if (queued === null) return null;
      const { segment } = queued;
      try {
        const opened = await queued.opened;
        if (opened === null) holeBefore = true;
        else upcoming = { segment, opened, init: segment.init ? await opener.init(segment.init) : null };
      } catch (error) {
        holeBefore = true;
        await queued.opened.then((opened) => opened?.stream.close()).catch(() => {});
        missed.add(segment, error);
      }
    }
    return upcoming;
  }

  function startsPeriod({ segment, opened }: Upcoming): boolean {
    if (previous === null) return true;
    const sameInit = initId(segment.init) === initId(previous.segment.init);
    const hole = holeBefore && packed.has(opened.demuxer);
    return !sameInit || hole || segment.timeline !== previous.segment.timeline;
  }

  function enter(next: Upcoming) {
    current = next;
    previous = next;
    upcoming = null;
    holeBefore = false;
  }

  /** The next chunk of this period; null at its end. A failure ends it too, and `nextPeriod` tells. */
  async function chunk(): Promise<Uint8Array | null> {
    for (;;) {
      if (current === null) {
        const next = await look();
        if (next === null || startsPeriod(next)) return null;
        enter(next);
        continue;
      }
      const { segment, opened }: Upcoming = current;
      try {
        const bytes = await opened.stream.read();
        if (bytes !== null) return bytes;
        missed.relent();
      } catch (error) {
        if (closed) throw interrupted(url);
        holeBefore = true;
        missed.add(segment, error);
      }
      current = null;
      await opened.stream.close();
    }
  }

  function periodOf(first: Upcoming): SourcePeriod {
    const { segment, opened, init } = first;
    const declaredDiscontinuity = previous !== null && segment.timeline !== previous.segment.timeline;
    enter(first);
    let pending: Uint8Array | null = init;
    let done = false;
    const bytes = {
      sizeBytes: null,
      seekable: false,
      async read(maxBytes: number) {
        if (closed) throw interrupted(url);
        if (pending === null && !done) {
          pending = await chunk().catch((error: unknown) => {
            failure = error;
            return null;
          });
          done = pending === null;
        }
        if (pending === null) return null;
        const part: Uint8Array = pending.subarray(0, maxBytes);
        pending = part.length < pending.length ? pending.subarray(maxBytes) : null;
        return part;
      },
      seek() {},
      close: async () => {
        done = true;
      },
    };
    const { timeline, startSeconds } = segment;
    const clockOffsetSeconds = packed.has(opened.demuxer)
      ? (opened.packedClockSeconds ?? startSeconds)
      : segment.clockOffsetSeconds;
    const known = opened.demuxer === undefined ? {} : { demuxer: opened.demuxer };
    return { bytes, ...known, declaredDiscontinuity, timeline, startSeconds, clockOffsetSeconds };
  }

  return {
    durationSeconds,
    ...(language !== undefined && { language }),
    async nextPeriod() {
      if (failure !== undefined) throw failure;
      const next = await look();
      if (next === null) missed.assertNone(segmentCount);
      return next === null ? null : periodOf(next);
    },
    async close() {
      closed = true;
      await queue.close();
      await Promise.allSettled([current?.opened.stream.close(), upcoming?.opened.stream.close()]);
    },
  };
}
