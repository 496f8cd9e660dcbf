import type { Severity } from "@glasswatch/core/severity";
import { tiers } from "@glasswatch/core/tier";
import { choice, flag, list, text } from "../arguments/option.ts";
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
      detectors: list("A,B", "run only these detectors; see glasswatch detectors"),
      skip: list("A,B", "leave these detectors out"),
      profile: text("FILE", "how to judge: detectors, options, severities, expectations; JSON or YAML"),
      tier: choice(
        "TIER",
        "watch every picture (full, the default), or key pictures until one looks like a defect (light)",
        tiers,
        "full",
      ),
      failOn: choice(
        "SEVERITY",
        "exit with 1 from this severity on: info, minor, major (the default) or critical",
        ["info", "minor", "major", "critical"] satisfies readonly Severity[],
        "major",
      ),
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
