import { flag } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const compareCommand = defineCommand(
  {
    name: "compare",
    summary: "Compare two versions of a programme: delay, drift, A/V offset, missing and inserted parts",
    description:
      "Sound and pictures of both are aligned, each on its own, so that renditions, codecs, levels and sizes may differ. A positive delay means that INPUT is later; a positive A/V offset, that its sound is early. In sync is what ITU-R BT.1359 allows: sound at most 45 ms earlier or 125 ms later against its pictures than in REFERENCE.\n\nWhere sound or pictures cannot be aligned without guessing (silence, stills, steady or repeating content, unrelated programmes), the verdict is inconclusive, with the reason.\n\nExit codes: 0 in sync and nothing missing or inserted, or inconclusive, which is warned of; 1 out of sync, or parts missing or inserted; 2 bad usage; 3 an input could not be read, or was cut short.",
    positionals: {
      placeholder: "REFERENCE INPUT",
      help: "what it should be and what it is: files, or http(s) addresses of files, HLS or DASH",
      minimum: 2,
      maximum: 2,
    },
    options: {
      json: flag("print one JSON document on standard output"),
    },
    examples: [
      "glasswatch compare source.mxf rendition-720p.mp4",
      "glasswatch compare upstream.ts https://example.com/vod/master.m3u8 --json",
      "glasswatch compare a.mp4 b.mp4 --json | jq .avOffsetSeconds",
    ],
  },
  async ({ positionals: [reference = "", input = ""], options }, effects) => {
    const [{ runCompare }, { compare }] = await Promise.all([
      import("../compare/run-compare.ts"),
      import("@glasswatch/pipeline/compare/compare"),
    ]);
    return runCompare({ reference, input, ...options }, effects, compare);
  },
);
