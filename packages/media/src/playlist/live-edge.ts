import type { HlsMedia } from "./hls-parse.ts";

/** RFC 8216 §6.3.3: playing nearer than three target durations to the end of a live playlist may stall. */
const edgeTargetDurations = 3;

/** Renditions that are loaded one after the other may have grown by a segment meanwhile. */
const mostApartSegments = 1;

/** Number of the latest segment that is far enough from the end, else of the oldest. */
function edgeNumber({ segments, targetDurationSeconds }: HlsMedia): number {
  let leftSeconds = edgeTargetDurations * targetDurationSeconds;
  const latest = segments.findLast(({ durationSeconds }) => {
    leftSeconds -= durationSeconds;
    return leftSeconds <= 0;
  });
  return (latest ?? segments[0])?.number ?? 0;
}

function from(media: HlsMedia, number: number): HlsMedia {
  return { ...media, segments: media.segments.filter((segment) => segment.number >= number) };
}

/**
 * Leaves out what live playlists hold from before the live edge. Renditions begin with the same segment, so that their
 * clocks are seen to be one.
 */
export function fromLiveEdge(renditions: readonly HlsMedia[]): HlsMedia[] {
  const [first] = renditions;
  const common = first ? edgeNumber(first) : 0;
  return renditions.map((media) => {
    if (media.ended) return media;
    const own = edgeNumber(media);
    const isNear = Math.abs(own - common) <= mostApartSegments;
    const holdsCommon = media.segments.some(({ number }) => number === common);
    return from(media, isNear && holdsCommon ? common : own);
  });
}
