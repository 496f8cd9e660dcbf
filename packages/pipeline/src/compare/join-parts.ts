import type { ComparedPart } from "@glasswatch/core/comparison";
import type { Alignment, TrackAlignment } from "./align/align-fingerprints.ts";
import type { Part } from "./align/parts.ts";

/** Edges of the same edit in picture and sound differ by no more than this; sound alone may hold a pause there. */
const sameEdgeSeconds = 1.5;
/** Nor do its lengths: two pictures. */
const sameLengthSeconds = 0.08;

/** What is missing and inserted, told once where pictures and sound say the same. The pictures' edges are frame-exact. */
export function joinParts({ picture, sound }: Alignment): Record<Part["kind"], ComparedPart[]> {
  const heard = [...partsIn(sound)];
  const joined: Record<Part["kind"], ComparedPart[]> = { missing: [], inserted: [] };
  for (const part of partsIn(picture)) {
    const twin = heard.findIndex((other) => isSame(part, other));
    if (twin >= 0) heard.splice(twin, 1);
    joined[part.kind].push(told(part, twin >= 0 ? "both" : "video"));
  }
  for (const part of heard) joined[part.kind].push(told(part, "audio"));
  for (const list of Object.values(joined)) list.sort((a, b) => a.reference.startSeconds - b.reference.startSeconds);
  return joined;
}

function partsIn(track: TrackAlignment): readonly Part[] {
  return track.problem === null ? track.parts : [];
}

function isSame(part: Part, other: Part): boolean {
  return (
    part.kind === other.kind &&
    Math.abs(part.reference.startSeconds - other.reference.startSeconds) <= sameEdgeSeconds &&
    Math.abs(lengthOf(part) - lengthOf(other)) <= sameLengthSeconds
  );
}

function lengthOf({ kind, reference, input }: Part): number {
  const { startSeconds, endSeconds } = kind === "missing" ? reference : input;
  return endSeconds - startSeconds;
}

function told(part: Part, media: ComparedPart["media"]): ComparedPart {
  return {
    media,
    durationSeconds: toMilliseconds(lengthOf(part)),
    reference: spanOf(part.reference),
    input: spanOf(part.input),
  };
}

function spanOf({ startSeconds, endSeconds }: Part["reference"]): ComparedPart["reference"] {
  return { startSeconds: toMilliseconds(startSeconds), endSeconds: toMilliseconds(endSeconds) };
}

function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
