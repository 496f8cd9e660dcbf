import { ExitCode } from "@glasswatch/core/errors";
import { flag } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";
import { writeOut } from "../output-stream.ts";

export const detectorsCommand = defineCommand(
  {
    name: "detectors",
    summary: "List the detectors: what each finds, why, its options and standards",
    positionals: {
      placeholder: "[ID…]",
      help: "tell about these in detail",
      minimum: 0,
      maximum: Number.POSITIVE_INFINITY,
    },
    options: {
      json: flag("print everything about them as JSON"),
      markdown: flag("print the page docs/detectors.md"),
      profileSchema: flag("print the JSON Schema of a profile, for editors"),
    },
    examples: ["glasswatch detectors frozen-picture", "glasswatch detectors --profile-schema > profile.schema.json"],
  },
  async ({ positionals, options }, effects) => {
    const [{ detectors }, { listDetectors }] = await Promise.all([
      import("@glasswatch/detectors/registry"),
      import("../detectors/list-detectors.ts"),
    ]);
    await writeOut(effects.stdout, listDetectors({ ids: positionals, ...options }, detectors, effects));
    return ExitCode.clean;
  },
);
