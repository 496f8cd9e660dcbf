import type { Finding } from "@glasswatch/core/finding";
import { expect, test } from "vitest";
import { findingsFate } from "../media/findings-fate.ts";
import { loudness, sampleResult } from "../testing/file-repair-world.ts";
import { judgeCopy } from "./judge-copy.ts";

const click: Finding = { ...loudness, id: "f2", kind: "audio-click", startSeconds: 4, endSeconds: 4.01 };
const before = sampleResult([loudness, click]);
const well = "the copy was scanned: loudness gone, nothing grave is new";

test.each([
  { name: "nothing is left", after: sampleResult([]), text: well, hasHelped: true },
  { name: "what nobody repaired is left", after: sampleResult([click]), text: well, hasHelped: true },
  {
    name: "something small is new",
    after: sampleResult([{ ...click, startSeconds: 9, endSeconds: 9 }]),
    text: well,
    hasHelped: true,
  },
  { name: "it is left", after: sampleResult([loudness]), text: "loudness at 0 s is still there", hasHelped: false },
  {
    name: "something grave is new",
    after: sampleResult([{ ...click, startSeconds: 9.123, endSeconds: 9.2, severity: "major" }]),
    text: "audio-click at 9.12 s is new (major)",
    hasHelped: false,
  },
  {
    name: "nobody looked",
    after: sampleResult([], { detectors: [{ id: "loudness", status: "errored", message: "it threw" }] }),
    text: "loudness was not looked for",
    hasHelped: false,
  },
])("$name", ({ after, hasHelped, text }) => {
  const made = [{ action: "normalise-loudness", what: "", findings: ["f1"] }];
  expect(judgeCopy({ made }, { before, after, fate: findingsFate(before, after) })).toEqual({ hasHelped, text });
});
