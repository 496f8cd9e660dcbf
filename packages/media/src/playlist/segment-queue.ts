import type { Segment, SegmentSupply } from "./segment.ts";
import type { OpenedSegment, SegmentOpener } from "./segment-opener.ts";

/** Segments requested before the reader gets to them; each holds no more than the fetcher reads ahead. */
const ahead = 2;

export interface QueuedSegment {
  readonly segment: Segment;
  /** Under way already. Null for a gap. */
  readonly opened: Promise<OpenedSegment | null>;
}

export interface SegmentQueue {
  /** @throws GlasswatchError when no more segments become known although there should be some */
  take(): Promise<QueuedSegment | null>;
  close(): Promise<void>;
}

/** Opens segments a little before they are needed. */
export function openSegmentQueue(supply: SegmentSupply, opener: SegmentOpener): SegmentQueue {
  const queue: Promise<QueuedSegment | null>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let ended = false;

  async function request(before: Promise<unknown>): Promise<QueuedSegment | null> {
    await before;
    const segment = ended ? null : await supply.next();
    if (segment === null || ended) {
      ended = true;
      return null;
    }
    const opened = segment.gap ? Promise.resolve(null) : opener.open(segment);
    opened.catch(() => {});
    return { segment, opened };
  }

  function fill() {
    while (queue.length <= ahead) {
      const requested = request(last);
      last = requested.catch(() => {});
      queue.push(requested);
    }
  }

  return {
    take() {
      fill();
      return queue.shift() ?? Promise.resolve(null);
    },
    async close() {
      ended = true;
      supply.close();
      const closings = queue.splice(0).map(async (requested) => (await (await requested)?.opened)?.stream.close());
      await Promise.allSettled(closings);
    },
  };
}
