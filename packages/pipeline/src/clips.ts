import type { Finding } from "@glasswatch/core/finding";
import type { Clip, ClipSpan } from "@glasswatch/core/media";
import { isAtLeast } from "@glasswatch/core/severity";

const leadSeconds = 3;
const lengthSeconds = 5;

/** A clip of 1080p at 5 Mbit/s is 6 MB: a source that is never well fills no disk. */
const clipsAnHour = 12;

/** Cuts a clip of each finding that is worth one: from before its start to a few seconds after it. */
export interface Clips {
  /** A finding as it stands now. */
  note(finding: Finding): void;
  /** The analysis has come to here; what has to be seen by now is cut. */
  advance(positionSeconds: number): void;
  /** Nothing more comes: what is awaited still is cut as it is. */
  finish(): void;
}

export interface ClipsSetup {
  cut(span: ClipSpan): Clip | null;
  onClip(findingId: string, clip: Clip): void;
}

interface Awaited {
  readonly findingId: string;
  readonly span: ClipSpan;
}

export function openClips({ cut, onClip }: ClipsSetup): Clips {
  /** Findings that last and have, or will have, their clip. */
  const considered = new Set<string>();
  let awaited: readonly Awaited[] = [];
  let grantedAtSeconds: readonly number[] = [];
  let positionSeconds = 0;

  function isGranted(): boolean {
    grantedAtSeconds = grantedAtSeconds.filter((atSeconds) => positionSeconds - atSeconds < 3600);
    if (grantedAtSeconds.length >= clipsAnHour) return false;
    grantedAtSeconds = [...grantedAtSeconds, positionSeconds];
    return true;
  }

  function spanOf({ startSeconds: atSeconds, subject }: Finding): ClipSpan {
    const audioTrack = subject.media === "audio" ? subject.track : 0;
    const toSeconds = Math.max(atSeconds + lengthSeconds, positionSeconds);
    return { fromSeconds: atSeconds - leadSeconds, atSeconds, toSeconds, audioTrack };
  }

  function deliver(due: readonly Awaited[]): void {
    for (const { findingId, span } of due) {
      const clip = cut(span);
      if (clip) onClip(findingId, clip);
    }
  }

  return {
    note(finding) {
      const { id, severity, endSeconds } = finding;
      if (considered.has(id)) {
        if (endSeconds !== null) considered.delete(id);
        return;
      }
      if (!isAtLeast(severity, "minor")) return;
      if (endSeconds === null) considered.add(id);
      if (isGranted()) awaited = [...awaited, { findingId: id, span: spanOf(finding) }];
    },
    advance(seconds) {
      positionSeconds = seconds;
      if (awaited.length === 0) return;
      const isDue = ({ span }: Awaited) => span.toSeconds <= seconds;
      const due = awaited.filter(isDue);
      awaited = awaited.filter((one) => !isDue(one));
      deliver(due);
    },
    finish() {
      deliver(awaited);
      awaited = [];
    },
  };
}
