import type { Alignment, AlignmentProblem, TrackAlignment } from "./align/align-fingerprints.ts";

const words: Readonly<Record<AlignmentProblem, Readonly<Record<"picture" | "sound", string>>>> = {
  absent: {
    picture: "one of the inputs has no moving pictures",
    sound: "one of the inputs has no sound",
  },
  silent: { picture: "", sound: "the sound is silent" },
  "too-short": {
    picture: "there are too few pictures",
    sound: "there is too little sound",
  },
  unchanging: {
    picture: "the pictures hardly move",
    sound: "the sound is too steady",
  },
  unrelated: {
    picture: "the pictures have nothing in common that could be found",
    sound: "the sound has nothing in common that could be found",
  },
  ambiguous: {
    picture: "the pictures repeat themselves, so that several delays fit",
    sound: "the sound repeats itself, so that several delays fit",
  },
};

/** Why no A/V offset could be judged. */
export function inconclusiveReason({ picture, sound }: Alignment): string {
  const reasons = [...reasonOf("picture", picture), ...reasonOf("sound", sound)];
  if (reasons.length > 0) return reasons.join("; ");
  return "sound and pictures were found at different places, or their delays scatter too much to tell";
}

function reasonOf(what: "picture" | "sound", { problem }: TrackAlignment): readonly string[] {
  return problem === null ? [] : [words[problem][what]];
}
