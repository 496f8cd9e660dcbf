import type { MediaReader } from "@glasswatch/core/media";
import { createRecentPackets, type RecentPackets } from "./clip/recent-packets.ts";
import { createPresentationClock } from "./clock.ts";
import { commonStart } from "./common-start.ts";
import { openLocalDemuxer } from "./demuxer.ts";
import { endIsMissing } from "./file-end.ts";
import { type GroupReader, openGroupReader } from "./group-reader.ts";
import { inspectLocalFile } from "./local-file.ts";
import { describeGroups } from "./media-info.ts";
import { createMediaReader } from "./media-reader.ts";
import {
  decodeFailedError,
  encryptedError,
  ignoredStreamsError,
  noStreamsError,
  openFailureError,
  truncatedError,
} from "./open-errors.ts";
import type { OpenOptions } from "./open-options.ts";

/** How far before the wanted place to look for a picture that can be decoded, until one is found before it. */
const seekMarginsSeconds = [0, 2, 8, 32] as const;

/** Opens the file's demuxer and the decoders of its tracks. */
async function openGroup(
  path: string,
  name: string,
  facts: { isCut: boolean; lacksIndex: boolean },
  recent?: RecentPackets,
) {
  const result = await openLocalDemuxer(path);
  if ("failure" in result) throw openFailureError(name, result.failure, facts);
  const { demuxer } = result;
  const clock = createPresentationClock();
  const group = await openGroupReader({ clock, demuxer, firstAudioTrack: 0, withVideo: true, recent });
  if (group.tracks.length === 0) {
    const error = noStreamsError(name, group.streams, demuxer.context.nbStreams);
    await group.close();
    throw error;
  }
  return { group, clock };
}

/**
 * Moves to a picture that is shown at or before the wanted place, and is whole.
 *
 * @returns false where only reading from the start is safe
 */
async function seekBefore(group: GroupReader, originSeconds: number, fromSeconds: number): Promise<boolean> {
  const [first] = group.firsts;
  for (const margin of seekMarginsSeconds) {
    const targetSeconds = originSeconds + fromSeconds - margin;
    if (!first || targetSeconds <= originSeconds) return false;
    if (!(await group.seek(targetSeconds))) return false;
    const reachedSeconds = group.firsts.find(({ track }) => track === first.track)?.seconds;
    if (reachedSeconds !== undefined && reachedSeconds <= originSeconds + fromSeconds) return true;
  }
  return false;
}

/** What `openLocal` and `inspectFile` begin with: a file that can be read, and whose pictures or sound can be decoded. */
export async function openLocalGroup(path: string, recent?: RecentPackets) {
  const { completeness } = await inspectLocalFile(path);
  const opened = await openGroup(path, path, completeness, recent);
  const unusable = unusableError(path, opened.group, completeness.isCut);
  if (unusable) {
    await opened.group.close();
    throw unusable;
  }
  return { ...opened, completeness };
}

function unusableError(name: string, group: GroupReader, isCut: boolean): Error | null {
  if (group.tracks.some(({ encrypted }) => encrypted)) return encryptedError(name);
  if (!group.undecodable) return null;
  return isCut ? truncatedError(name) : decodeFailedError(name);
}

/** Opens a file on this machine. */
export async function openLocal(path: string, options: OpenOptions): Promise<MediaReader> {
  const name = path;
  const recent = options.keepsRecent ? createRecentPackets() : undefined;
  let { group, clock, completeness } = await openLocalGroup(path, recent);
  const fromSeconds = options.fromSeconds ?? 0;
  const start = commonStart(group.firsts);
  let nearSeconds = start.originSeconds;
  if (fromSeconds > 0) {
    const canSeek = start.alone.length === 0;
    if (canSeek && (await seekBefore(group, start.originSeconds, fromSeconds))) {
      nearSeconds = commonStart(group.firsts).originSeconds;
    } else {
      await group.close();
      recent?.clear();
      ({ group, clock } = await openGroup(path, name, completeness, recent));
    }
  }
  for (const { track, seconds } of commonStart(group.firsts).alone) track.runAlone(seconds);
  clock.start(start.originSeconds, nearSeconds);

  function checkEnd(): void {
    if (endIsMissing(group, completeness)) throw truncatedError(name);
    if (group.tracks.every(({ packets }) => packets === 0))
      throw noStreamsError(name, group.streams, group.tracks.length);
    const ignored = ignoredStreamsError(name, group);
    if (ignored) throw ignored;
  }

  return createMediaReader({
    name,
    info: describeGroups([{ group }], false),
    groups: [group],
    recent,
    fromSeconds,
    toSeconds: options.toSeconds ?? Number.POSITIVE_INFINITY,
    signal: options.signal,
    checkEnd,
  });
}
