import type { MediaInfo, MediaReader, MediaUnit } from "@glasswatch/core/media";
import type { RecentPackets } from "./clip/recent-packets.ts";
import type { GroupReader } from "./group-reader.ts";
import { interruptedError, rangeAfterEndError } from "./open-errors.ts";

/** How far past the end of the range a track is read for others that lag behind. */
const interleaveSeconds = 10;

export interface MediaReaderOptions {
  readonly name: string;
  readonly info: MediaInfo;
  readonly groups: readonly GroupReader[];
  /** Of all groups; closed with the reader. */
  readonly recent?: RecentPackets | undefined;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly signal: AbortSignal | undefined;
  /** Called at the end of the media; throws where that is not where they should end. */
  readonly checkEnd: () => void;
  readonly onClose?: () => Promise<void>;
}

type Pull = () => MediaUnit | null | Promise<MediaUnit | null>;

/** Merges groups by time. Each group holds one unit; the earliest is handed out, and its group goes on at the next call. */
function mergeGroups(groups: readonly GroupReader[]): Pull {
  const [only] = groups;
  if (only && groups.length === 1) return only.next;
  const heads: (MediaUnit | null | undefined)[] = groups.map(() => undefined);
  return async () => {
    let earliest = -1;
    for (const [index, group] of groups.entries()) {
      if (heads[index] === undefined) heads[index] = await group.next();
      const time = heads[index]?.timeSeconds ?? Number.POSITIVE_INFINITY;
      if (time < (heads[earliest]?.timeSeconds ?? Number.POSITIVE_INFINITY)) earliest = index;
    }
    const unit = heads[earliest] ?? null;
    heads[earliest] = undefined;
    return unit;
  };
}

export function createMediaReader(options: MediaReaderOptions): MediaReader {
  const { name, info, groups, recent, toSeconds, signal, checkEnd } = options;
  const pull = mergeGroups(groups);
  const trackCount = groups.reduce((count, group) => count + group.tracks.length, 0);
  const tracksPastEnd = new Set<string>();
  let ended = false;
  let handedOut = false;
  let fromSeconds = options.fromSeconds;

  /** The unit or the end if it is for the caller, undefined if it lies outside of the range. */
  function accept(unit: MediaUnit | null): MediaUnit | null | undefined {
    if (!unit) {
      ended = true;
      checkEnd();
      // What nobody looked at must not pass as clean.
      if (!handedOut && options.fromSeconds > 0) throw rangeAfterEndError(name, options.fromSeconds);
      return null;
    }
    if (unit.timeSeconds >= toSeconds) {
      tracksPastEnd.add(`${unit.kind}${unit.track}`);
      ended = tracksPastEnd.size === trackCount || unit.timeSeconds >= toSeconds + interleaveSeconds;
      return ended ? null : undefined;
    }
    if (unit.timeSeconds + unit.durationSeconds <= fromSeconds) return undefined;
    handedOut = true;
    return unit;
  }

  async function nextLater(pending: Promise<MediaUnit | null>): Promise<MediaUnit | null> {
    let unit = accept(await pending);
    while (unit === undefined) {
      if (signal?.aborted) throw interruptedError(name);
      unit = accept(await pull());
    }
    return unit;
  }

  function next(): MediaUnit | null | Promise<MediaUnit | null> {
    if (ended) return null;
    for (;;) {
      if (signal?.aborted) throw interruptedError(name);
      const pulled = pull();
      if (pulled instanceof Promise) return nextLater(pulled);
      const unit = accept(pulled);
      if (unit !== undefined) return unit;
    }
  }

  return {
    info,
    next,
    setTier(tier) {
      for (const group of groups) group.setTier(tier);
    },
    skipTo(timeSeconds) {
      fromSeconds = Math.max(fromSeconds, timeSeconds);
      for (const group of groups) group.skipTo(timeSeconds);
    },
    cutClip: (span) => recent?.cut(span) ?? null,
    async close() {
      ended = true;
      recent?.clear();
      for (const group of groups) await group.close();
      await options.onClose?.();
    },
  };
}
