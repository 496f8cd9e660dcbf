import type { Detection, Detections, FinishReason } from "@glasswatch/core/detector";
import type { FieldVote } from "./field-votes.ts";

/** Makes one defect of votes that say the same. */
export interface VoteSpan {
  /** Where the vote of a picture speaks for the defect, or against it; undefined where there is none. */
  push(vote: FieldVote | undefined, isFor: boolean, endSeconds: number): Detections;
  finish(reason: FinishReason): Detections;
}

export interface VoteRules {
  /** So many votes for the defect are needed, and no more than a third as many against it meanwhile. */
  readonly leastVotes: number;
  readonly minimumSeconds: number;
  readonly describe: (votes: number, share: number) => Pick<Detection, "confidence" | "measurements">;
}

/** Lettering that scrolls by two lines a picture says one order in all of its edges, but no line of it is torn. */
const leastTorn = 8;
const leastTornRatio = 4;
/** So many votes against in succession end it, as does that nothing has confirmed it for so long. */
const dissents = 3;
const forgottenSeconds = 2.5;
/** Votes are farther apart than this only where nothing moves, or where it is over. */
const recentSeconds = 1;

export function openVoteSpan({ leastVotes, minimumSeconds, describe }: VoteRules): VoteSpan {
  let votes = 0;
  let against = 0;
  let dissentsInARow = 0;
  let startSeconds = 0;
  /** Of the last vote for it, and of the last picture. */
  let confirmedSeconds = 0;
  let lastEndSeconds = 0;
  let shares = 0;
  let torn = 0;
  let tornOtherwise = 0;
  let scanned: FieldVote["scanned"] = "whole";
  let told = false;

  function detection(endSeconds: number | null): Detections {
    const state = endSeconds === null ? "opened" : "closed";
    return [{ state, startSeconds, endSeconds, severity: "major", ...describe(votes, shares / votes) }];
  }

  function close(endSeconds: number): Detections {
    const closed = told ? detection(endSeconds) : undefined;
    votes = 0;
    against = 0;
    dissentsInARow = 0;
    shares = 0;
    torn = 0;
    tornOtherwise = 0;
    told = false;
    return closed;
  }

  function agree(vote: FieldVote): Detections {
    if (votes === 0) ({ startSeconds, scanned } = vote);
    votes++;
    shares += vote.share;
    torn += vote.torn;
    tornOtherwise += vote.tornOtherwise;
    dissentsInARow = 0;
    confirmedSeconds = lastEndSeconds;
    const lasts = confirmedSeconds - startSeconds >= minimumSeconds;
    if (told || votes < leastVotes || !lasts || 3 * against > votes) return undefined;
    if (torn < leastTorn || torn < leastTornRatio * tornOtherwise) return undefined;
    told = true;
    return detection(null);
  }

  return {
    push(vote, isFor, endSeconds) {
      lastEndSeconds = endSeconds;
      if (votes > 0 && endSeconds - confirmedSeconds > forgottenSeconds) {
        const closed = close(confirmedSeconds);
        if (closed) return closed;
      }
      if (!vote) return undefined;
      // The order of fields does not change from picture to picture.
      if (isFor && (votes === 0 || vote.scanned === scanned)) return agree(vote);
      if (votes === 0) return undefined;
      against++;
      return ++dissentsInARow >= dissents ? close(confirmedSeconds) : undefined;
    },
    finish(reason) {
      if (reason !== "end") return undefined;
      const lasted = dissentsInARow === 0 && lastEndSeconds - confirmedSeconds <= recentSeconds;
      return close(lasted ? lastEndSeconds : confirmedSeconds);
    },
  };
}
