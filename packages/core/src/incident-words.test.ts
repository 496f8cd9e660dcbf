import { expect, test } from "vitest";
import { sampleIncident, samplePart } from "../../../test/support/sample-incident.ts";
import { changeInWords } from "./incident-words.ts";

const cases: readonly { readonly note: string; readonly words: string }[] = [
  {
    note: "frozen-picture of s1 lasts and is critical",
    words: "Got worse: frozen-picture of Channel 5 lasts and is critical",
  },
  {
    note: "frozen-picture of s1, black-picture of s1",
    words: "Got worse: frozen-picture of Channel 5, black-picture of Channel 5",
  },
  { note: "frozen-picture of s2", words: "Got worse: frozen-picture of Channel 6" },
  { note: "frozen-picture of s9", words: "Got worse: frozen-picture of s9" },
];

test.each(cases)("a line of the history names streams as people do: $words", ({ note, words }) => {
  const incident = sampleIncident({
    streamId: "s1",
    streamIds: ["s1", "s2"],
    parts: [samplePart({ streamId: "s2", streamName: "Channel 6" })],
  });
  const streams = [{ id: "s1", name: "Channel 5" }];
  const change = { at: incident.openedAt, what: "worsened", by: { via: "system", name: "glasswatch" }, note } as const;
  expect(changeInWords(change, { incident, streams })).toBe(words);
});
