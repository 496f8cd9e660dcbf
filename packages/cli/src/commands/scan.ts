import { judgingOptions } from "../arguments/judging-options.ts";
import { flag, integer, text, time } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const scanCommand = defineCommand(
  {
    name: "scan",
    summary: "Scan files, folders and addresses to the end and tell what is wrong with them",
    description:
      "A folder is searched for media, with all the folders in it; segments that a playlist there leads to are scanned as the playlist's. Findings and progress go to the terminal's error output, so that --json has the standard output to itself. Ctrl-C stops the scan and reports what was found so far; a second Ctrl-C ends it at once.",
    positionals: {
      placeholder: "INPUT…",
      help: "files, folders, or http(s) addresses of files, HLS or DASH",
      minimum: 1,
      maximum: Number.POSITIVE_INFINITY,
    },
    options: {
      json: flag("print one JSON document on standard output"),
      report: text("FILE.html", "write a page with timeline, plots and pictures"),
      junit: text("FILE.xml", "write JUnit XML for a build server"),
      ...judgingOptions,
      from: time("T", "begin here: seconds or hh:mm:ss.fff"),
      to: time("T", "end here: seconds or hh:mm:ss.fff"),
      jobs: integer("N", "inputs to scan at the same time (default: one for each core)", { minimum: 1, maximum: 256 }),
    },
    examples: [
      "glasswatch scan programme.mp4",
      "glasswatch scan renditions/ --report report.html --fail-on critical",
      "glasswatch scan https://example.com/master.m3u8 --from 00:10:00 --to 00:12:00 --json",
    ],
  },
  async ({ positionals, options }, effects) => {
    const [{ runScan }, { scan }, { detectors }] = await Promise.all([
      import("../scan/run-scan.ts"),
      import("@glasswatch/pipeline/scan"),
      import("@glasswatch/detectors/registry"),
    ]);
    return runScan({ inputs: positionals, ...options }, effects, { scan, registry: detectors });
  },
);
