import type { IncidentPart } from "@glasswatch/core/incident";
import { isLoss } from "./correlation.ts";

type Mute = NonNullable<IncidentPart["mutedBy"]>;

/** A defect that explains others of the same stream: people are told of the cause. */
interface InhibitionRule {
  readonly kind: string;
  /** Null: everything else. */
  readonly mutes: readonly string[] | null;
  readonly why: Mute["why"];
  readonly reason: string;
}

const frozenLike = ["frozen-picture", "repeated-frames", "dropped-frames"] as const;
const ofPictures = ["flat-picture", "soft-picture", "banding", "letterbox-change", "interlace-combing"] as const;
const ofSound = ["channel-silence", "phase-inversion", "dual-mono", "audio-hum", "audio-hiss", "track-level"] as const;

/** Rules that mute one another would leave nobody to tell: a kind that is muted mutes none that mutes it. */
export const inhibition: readonly InhibitionRule[] = [
  {
    ...{ kind: "stream-failed", mutes: null, why: "inhibited" },
    reason: "nothing comes: whatever was open when it broke off is of the past",
  },
  {
    ...{ kind: "stream-stalled", mutes: null, why: "inhibited" },
    reason: "nothing comes, and the last picture stands where it stood",
  },
  {
    ...{ kind: "test-pattern", mutes: ["black-picture", ...frozenLike, ...ofPictures, "audio-silence", ...ofSound] },
    why: "planned",
    reason: "a slate stands still and is mostly silent because it is one; that it is there is told",
  },
  {
    ...{ kind: "black-picture", mutes: [...frozenLike, ...ofPictures, "blockiness", "dead-pixel"], why: "inhibited" },
    reason: "black does not move and has no detail",
  },
  {
    ...{ kind: "flat-picture", mutes: [...frozenLike, "soft-picture", "banding"], why: "inhibited" },
    reason: "one colour does not move and has no detail",
  },
  {
    ...{ kind: "frozen-picture", mutes: ["repeated-frames", "dropped-frames", "av-desync"], why: "inhibited" },
    reason: "frames repeat because the picture stands, and what stands is in step with nothing",
  },
  {
    ...{ kind: "audio-silence", mutes: [...ofSound, "audio-dropout", "loudness", "av-desync"], why: "inhibited" },
    reason: "no channel has sound, and there is nothing to compare or to measure",
  },
  {
    ...{ kind: "channel-silence", mutes: ["phase-inversion", "dual-mono"], why: "inhibited" },
    reason: "one channel alone has no phase",
  },
  {
    ...{ kind: "timestamp-jump", mutes: ["timestamp-gap", "dropped-frames", "av-desync"], why: "inhibited" },
    reason: "the clock itself is wrong",
  },
];

/** Kinds of defects that are open, by stream. */
export type OpenKinds = ReadonlyMap<string, ReadonlySet<string>>;

export function openKinds(parts: readonly IncidentPart[]): OpenKinds {
  const found = new Map<string, Set<string>>();
  for (const { streamId, kind, open } of parts) {
    if (open) found.set(streamId, (found.get(streamId) ?? new Set()).add(kind));
  }
  return found;
}

/** The open defect that explains this one. A defect that is muted itself explains all the same. */
export function inhibitorOf({ streamId, kind }: IncidentPart, open: OpenKinds): Mute | null {
  const beside = open.get(streamId);
  const rule = inhibition.find((each) => each.kind !== kind && beside?.has(each.kind) && mutes(each, kind));
  return rule ? { why: rule.why, by: rule.kind } : null;
}

function mutes({ mutes: kinds }: InhibitionRule, kind: string): boolean {
  return kinds === null ? !isLoss(kind) : kinds.includes(kind);
}
