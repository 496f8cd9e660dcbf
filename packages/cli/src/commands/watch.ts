import { judgingOptions } from "../arguments/judging-options.ts";
import { flag } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const watchCommand = defineCommand(
  {
    name: "watch",
    summary: "Watch streams for as long as they last and tell at once what is wrong with them",
    description:
      "Findings are told while the stream goes on, as are stalls, losses and returns. A stream that is lost is opened again until it is back; one that the machine cannot keep up with is watched less closely for a while, which is told too. Ctrl-C ends the watch; a second Ctrl-C ends it at once.",
    positionals: {
      placeholder: "URL…",
      help: "http(s) addresses of streams, HLS included, or files",
      minimum: 1,
      maximum: Number.POSITIVE_INFINITY,
    },
    options: {
      json: flag("print one event a line on standard output, as JSON"),
      measurements: flag("with --json, print every 10 s what was measured of each stream, too"),
      ...judgingOptions,
    },
    examples: [
      "glasswatch watch https://example.com/channel5/master.m3u8",
      "glasswatch watch https://example.com/a.ts https://example.com/b.ts --tier light",
      'glasswatch watch https://example.com/live.m3u8 --json | jq \'select(."detail-type" == "finding.opened")\'',
    ],
  },
  async ({ positionals, options }, effects) => {
    const [{ runWatch }, { watchStreams }, { detectors }] = await Promise.all([
      import("../watch/run-watch.ts"),
      import("@glasswatch/pipeline/live/watch-streams"),
      import("@glasswatch/detectors/registry"),
    ]);
    return runWatch({ inputs: positionals, ...options }, effects, { watch: watchStreams, registry: detectors });
  },
);
