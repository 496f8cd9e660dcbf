import type { MediaReader } from "@glasswatch/core/media";
import type { FetchedSource, SourceGroup, SourcePeriod } from "./byte-source.ts";
import { createRecentPackets, type RecentPackets } from "./clip/recent-packets.ts";
import { createPresentationClock, type PresentationClock } from "./clock.ts";
import { commonStart } from "./common-start.ts";
import type { Completeness } from "./completeness/completeness.ts";
import { type Demuxer, openFetchedDemuxer } from "./demuxer.ts";
import { endIsMissing } from "./file-end.ts";
import { type GroupReader, type NextContainer, openGroupReader } from "./group-reader.ts";
import { describeGroups } from "./media-info.ts";
import { createMediaReader } from "./media-reader.ts";
import {
  decodeFailedError,
  encryptedError,
  ignoredStreamsError,
  interruptedError,
  noStreamsError,
  openFailureError,
  truncatedError,
} from "./open-errors.ts";
import type { OpenOptions } from "./open-options.ts";

interface OpenGroup {
  readonly source: SourceGroup;
  readonly group: GroupReader;
}

const untold: Completeness = { isCut: false, lacksIndex: false };

async function openPeriod(name: string, period: SourcePeriod, completeness = untold): Promise<Demuxer> {
  const result = await openFetchedDemuxer(period);
  if ("failure" in result) throw openFailureError(name, result.failure, completeness);
  return result.demuxer;
}

interface GroupPlace {
  readonly clock: PresentationClock;
  readonly recent: RecentPackets | undefined;
  readonly firstAudioTrack: number;
  readonly withVideo: boolean;
  readonly completeness: Completeness | undefined;
}

async function openGroup(name: string, source: SourceGroup, place: GroupPlace): Promise<GroupReader | null> {
  const first = await source.nextPeriod();
  if (!first) return null;
  let { timeline } = first;

  async function nextContainer(): Promise<NextContainer | null> {
    const period = await source.nextPeriod();
    if (!period) return null;
    const restarts = period.timeline !== timeline;
    ({ timeline } = period);
    const { startSeconds, clockOffsetSeconds } = period;
    const demuxer = await openPeriod(name, period);
    return { demuxer, clock: { startSeconds, restarts, offsetSeconds: clockOffsetSeconds } };
  }

  const demuxer = await openPeriod(name, first, place.completeness);
  return openGroupReader({ ...place, demuxer, clockOffsetSeconds: first.clockOffsetSeconds, nextContainer });
}

async function openGroups(
  name: string,
  source: FetchedSource,
  place: Pick<GroupPlace, "clock" | "recent">,
): Promise<OpenGroup[]> {
  const open: OpenGroup[] = [];
  let firstAudioTrack = 0;
  let withVideo = true;
  const { completeness } = source;
  try {
    for (const groupSource of source.groups) {
      const group = await openGroup(name, groupSource, { ...place, firstAudioTrack, withVideo, completeness });
      if (!group) continue;
      open.push({ source: groupSource, group });
      firstAudioTrack += group.streams.audio.length;
      withVideo &&= group.streams.video === null;
    }
    refuseUnusable(name, open);
    return open;
  } catch (error) {
    for (const { group } of open) await group.close();
    throw error;
  }
}

function refuseUnusable(name: string, open: readonly OpenGroup[]): void {
  const groups = open.map(({ group }) => group);
  // What the source could not deliver is told by the first read, after the units that did arrive.
  if (groups.some(({ demuxer }) => demuxer.sourceError !== undefined)) return;
  const [first] = groups;
  if (first && groups.every(({ tracks }) => tracks.length === 0)) {
    throw noStreamsError(name, first.streams, first.demuxer.context.nbStreams);
  }
  if (groups.some(({ tracks }) => tracks.some(({ encrypted }) => encrypted))) throw encryptedError(name);
  if (groups.length > 0 && groups.every(({ undecodable }) => undecodable)) throw decodeFailedError(name);
}

/**
 * Opens what the guarded fetcher brings. Such a source cannot be moved to a place in time, so what lies before
 * `fromSeconds` is read and left out.
 *
 * @param name the input as people are to see it, without credentials
 */
export async function openFetched(name: string, source: FetchedSource, options: OpenOptions): Promise<MediaReader> {
  const { signal, fromSeconds = 0, toSeconds = Number.POSITIVE_INFINITY } = options;
  if (signal?.aborted) throw interruptedError(name);
  const clock = createPresentationClock();
  const recent = options.keepsRecent ? createRecentPackets() : undefined;
  const open = await openGroups(name, source, { clock, recent }).catch(async (error: unknown) => {
    await source.close();
    throw error;
  });
  const groups = open.map(({ group }) => group);
  const { originSeconds, alone } = commonStart(groups.flatMap(({ firsts }) => firsts));
  for (const { track, seconds } of alone) track.runAlone(seconds);
  clock.start(originSeconds);
  return createMediaReader({
    name,
    info: describeGroups(
      open.map(({ source: { durationSeconds, language }, group }) => ({ group, durationSeconds, language })),
      source.live,
    ),
    groups,
    recent,
    fromSeconds,
    toSeconds,
    signal,
    checkEnd() {
      for (const group of groups) {
        if (source.completeness && endIsMissing(group, source.completeness)) throw truncatedError(name);
        const ignored = ignoredStreamsError(name, group);
        if (ignored) throw ignored;
      }
    },
    onClose: () => source.close(),
  });
}
