import type { Finding } from "@glasswatch/core/finding";
import type { ClipSpan } from "@glasswatch/core/media";
import { expect, test } from "vitest";
import { openClips } from "./clips.ts";

function finding(startSeconds: number, rest: Partial<Finding> = {}): Finding {
  return {
    ...{ id: `at ${startSeconds}`, kind: "black-picture", subject: { media: "video", track: 0 } },
    ...{ startSeconds, endSeconds: null, severity: "minor", confidence: 1, measurements: [], revision: 1, ...rest },
  };
}

interface Noted {
  readonly at: number;
  readonly finding: Finding;
}

/** Runs through so many seconds, and tells which clips came when. */
function play(seconds: number, notes: readonly Noted[]) {
  const clips: { at: number; id: string; span: ClipSpan }[] = [];
  let now = 0;
  let cutting: ClipSpan | undefined;
  const { note, advance, finish } = openClips({
    cut(span) {
      cutting = span;
      return { bytes: new Uint8Array(), contentType: "video/mp4" };
    },
    onClip: (id) => cutting && clips.push({ at: now, id, span: cutting }),
  });
  for (; now < seconds; now++) {
    for (const { at, finding } of notes) if (at === now) note(finding);
    advance(now);
  }
  finish();
  return clips;
}

const span = (fromSeconds: number, atSeconds: number, toSeconds: number, audioTrack = 0) => ({
  ...{ fromSeconds, atSeconds, toSeconds, audioTrack },
});

test.each<readonly [string, readonly Noted[], ReturnType<typeof play>]>([
  [
    "comes when what it shows has come",
    [{ at: 21, finding: finding(20) }],
    [{ at: 25, id: "at 20", span: span(17, 20, 25) }],
  ],
  [
    "comes at once where the finding was noticed late",
    [{ at: 40, finding: finding(20) }],
    [{ at: 40, id: "at 20", span: span(17, 20, 39) }],
  ],
  [
    "comes once",
    [10, 11, 30].map((at) => ({ at, finding: finding(10, { endSeconds: at === 30 ? 30 : null }) })),
    [{ at: 15, id: "at 10", span: span(7, 10, 15) }],
  ],
  [
    "comes of what is over already",
    [{ at: 11, finding: finding(10, { endSeconds: 10.1 }) }],
    [{ at: 15, id: "at 10", span: span(7, 10, 15) }],
  ],
  [
    "has the sound that the finding is about",
    [{ at: 11, finding: finding(10, { subject: { media: "audio", track: 2 } }) }],
    [{ at: 15, id: "at 10", span: span(7, 10, 15, 2) }],
  ],
  [
    "is as long as there is media",
    [{ at: 48, finding: finding(48) }],
    [{ at: 50, id: "at 48", span: span(45, 48, 53) }],
  ],
  ["does not come of what is only worth knowing", [{ at: 11, finding: finding(10, { severity: "info" }) }], []],
  [
    "comes when a finding turns worse",
    [
      { at: 11, finding: finding(10, { severity: "info" }) },
      { at: 31, finding: finding(10, { severity: "major" }) },
    ],
    [{ at: 31, id: "at 10", span: span(7, 10, 30) }],
  ],
])("a clip %s", (_, notes, expected) => {
  expect(play(50, notes)).toEqual(expected);
});

test("a source that is never well has twelve clips an hour", () => {
  const notes = Array.from({ length: 90 }, (_, index) => ({ at: index * 60, finding: finding(index * 60) }));
  const at = play(5400, notes).map((clip) => clip.at);
  const early = Array.from({ length: 12 }, (_, index) => index * 60 + 5);
  expect(at).toEqual([...early, ...early.map((seconds) => seconds + 3660)]);
});
