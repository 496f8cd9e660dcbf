import { setTimeout as wait } from "node:timers/promises";
import { GlasswatchError, inputError } from "@glasswatch/core/errors";
import { maskUrl } from "@glasswatch/core/net/mask-url";
import { interrupted } from "../net/http-errors.ts";
import type { ResourceLoader } from "../net/resource-loader.ts";
import { badPlaylist } from "./bad-playlist.ts";
import { type HlsMedia, parseHls } from "./hls-parse.ts";
import type { Segment, SegmentSupply } from "./segment.ts";

export interface LiveSupplyOptions {
  readonly url: string;
  readonly loader: ResourceLoader;
  readonly first: HlsMedia;
  readonly definitions: Readonly<Record<string, string>>;
  /** A playlist that has not changed for this long, and for three target durations, has stopped. */
  readonly staleMs: number;
}

/**
 * The segments of a playlist that is still growing, from the first of those given. The playlist is read again as RFC 8216
 * §6.3.4 has it: after a target duration when it had changed, after half of one when it had not.
 */
export function liveSupply({ url, loader, first, definitions, staleMs }: LiveSupplyOptions): SegmentSupply {
  const stop = new AbortController();
  const signal = loader.signal ? AbortSignal.any([loader.signal, stop.signal]) : stop.signal;
  const ledger = openLedger();
  let playlist = first;
  let queue = ledger.append(first);
  let changedAt = performance.now();
  let loadedAt = changedAt;
  let pauseSeconds = first.targetDurationSeconds;
  let failure: GlasswatchError | undefined;

  async function load(): Promise<HlsMedia | null> {
    loadedAt = performance.now();
    try {
      const { url: from, text } = await loader.readText(url);
      const loaded = parseHls(from, text, definitions);
      if (loaded.kind === "master") throw badPlaylist(url, "was a media playlist and is a master playlist now");
      failure = undefined;
      return loaded;
    } catch (error) {
      if (!(error instanceof GlasswatchError) || error.code === "interrupted" || error.code === "encrypted")
        throw error;
      failure = error;
      return null;
    }
  }

  async function reload() {
    await wait(Math.max(0, loadedAt + pauseSeconds * 1000 - performance.now()), undefined, { signal }).catch(() => {
      throw interrupted(url);
    });
    const loaded = await load();
    const fresh = loaded === null ? [] : ledger.append(loaded);
    playlist = loaded ?? playlist;
    queue = queue.concat(fresh);
    pauseSeconds = playlist.targetDurationSeconds / (fresh.length > 0 ? 1 : 2);
    if (fresh.length > 0) changedAt = performance.now();
    else if (!playlist.ended) assertFresh();
  }

  function assertFresh() {
    const stillMs = performance.now() - changedAt;
    if (stillMs < Math.max(staleMs, 3000 * playlist.targetDurationSeconds)) return;
    if (failure) throw failure;
    const what = `the live playlist has not changed for ${Math.round(stillMs / 1000)} s; is the encoder still running?`;
    throw inputError("timed-out", `${maskUrl(url)}: ${what}`);
  }

  return {
    async next() {
      while (queue.length === 0 && !playlist.ended) await reload();
      return queue.shift() ?? null;
    },
    close: () => stop.abort(),
  };
}

/** Tells which segments of a playlist are new, and puts them behind those that came before. */
function openLedger() {
  let last: Segment | null = null;
  let endSeconds = 0;

  function place(segment: Segment, before: Segment | undefined, restarted: boolean): Segment {
    const steps = before === undefined ? 0 : segment.timeline - before.timeline;
    const known: number = last?.timeline ?? segment.timeline;
    const timeline = before === undefined ? Math.max(known + (restarted ? 1 : 0), segment.timeline) : known + steps;
    last = { ...segment, timeline, startSeconds: endSeconds };
    endSeconds += segment.durationSeconds;
    return last;
  }

  return {
    append({ segments }: HlsMedia): Segment[] {
      const newest = segments.at(-1)?.number;
      // A packager that was restarted counts from the start again (and says so by numbers far below those it had given).
      const restarted = last !== null && newest !== undefined && newest < last.number - segments.length;
      const from = last === null || restarted ? Number.NEGATIVE_INFINITY : last.number + 1;
      return segments.flatMap((segment, index) =>
        segment.number < from ? [] : [place(segment, last === null ? undefined : segments[index - 1], restarted)],
      );
    },
  };
}
