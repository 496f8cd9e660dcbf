import { text } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const calibrateCommand = defineCommand(
  {
    name: "calibrate",
    summary: "Learn from clean material what is normal for a channel, into a profile",
    description:
      "Scans the material, and sets the options of detectors that judge by what a channel usually is. The table of what was measured goes to the error output; the profile goes to --output, where what stands already is kept, or to standard output. Material with findings at major is refused.",
    positionals: {
      placeholder: "CLEAN…",
      help: "files, folders, or http(s) addresses without defects",
      minimum: 1,
      maximum: Number.POSITIVE_INFINITY,
    },
    options: { output: text("PROFILE", "the profile to write or to change; JSON or YAML") },
    examples: [
      "glasswatch calibrate recordings/ --output channel5.yaml",
      "glasswatch scan tonight.mp4 --profile channel5.yaml",
    ],
  },
  async ({ positionals, options }, effects) => {
    const [{ runCalibrate }, { scan }, { detectors }] = await Promise.all([
      import("../calibrate/run-calibrate.ts"),
      import("@glasswatch/pipeline/scan"),
      import("@glasswatch/detectors/registry"),
    ]);
    return runCalibrate({ inputs: positionals, output: options.output }, effects, { scan, registry: detectors });
  },
);
