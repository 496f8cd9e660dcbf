import { judgingOptions } from "../arguments/judging-options.ts";
import { flag, integer, list, text } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const repairCommand = defineCommand(
  {
    name: "repair",
    summary: "Repair a copy of a file: A/V offset, loudness, dropouts, damaged pictures, wrong flags",
    description:
      "Scans FILE, says what will be done about each finding and what cannot be, does it on a copy with as few encodes as possible, and scans the copy. The copy goes into DIR under the same name, with NAME.repair.json beside it: what was changed, where, with what, and both scans. FILE itself is only read, and nothing that is there already is overwritten.\n\nActions: replace-segment, conceal-audio, normalise-loudness, realign-audio, strip-or-declare; docs/repair.md tells of each.\n\nExit codes: 0 nothing at --fail-on is left; 1 something is; 2 bad usage, or DIR cannot be written; 3 FILE could not be read, or was cut short; 4 an internal fault or a full disk.",
    positionals: { placeholder: "FILE", help: "the file to repair; it is only read", minimum: 1, maximum: 1 },
    options: {
      out: text("DIR", "the folder for the copy and its manifest; made where it is missing (required)"),
      action: list("A,B", "take these actions only"),
      source: text("OTHER", "another version of the programme, to take pictures from where FILE has none"),
      reference: text("REF", "a version in sync, to measure the A/V offset against"),
      offset: integer("MS", "how early the sound is, ms (negative: late), instead of a measurement", {
        minimum: -60_000,
        maximum: 60_000,
      }),
      json: flag("print one JSON document on standard output: the manifest"),
      ...judgingOptions,
    },
    examples: [
      "glasswatch repair programme.mp4 --out repaired/ --profile delivery.yaml",
      "glasswatch repair damaged.ts --out repaired/ --source mezzanine.mp4",
      "glasswatch repair late.mkv --out repaired/ --action realign-audio --offset=-180",
    ],
  },
  async ({ positionals: [file = ""], options }, effects) => {
    const [{ runRepair }, { scan }, { compare }, { detectors }] = await Promise.all([
      import("../repair/run-repair.ts"),
      import("@glasswatch/pipeline/scan"),
      import("@glasswatch/pipeline/compare/compare"),
      import("@glasswatch/detectors/registry"),
    ]);
    return runRepair({ file, ...options }, effects, { scan, compare, registry: detectors });
  },
);
