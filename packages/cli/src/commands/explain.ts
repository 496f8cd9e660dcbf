import { ExitCode } from "@glasswatch/core/errors";
import { defineCommand } from "../command.ts";
import { writeOut } from "../output-stream.ts";

export const explainCommand = defineCommand(
  {
    name: "explain",
    summary: "Explain a kind of finding: what is measured, against what, and how to change it",
    positionals: { placeholder: "KIND", help: "a finding's kind, for example frozen-picture", minimum: 1, maximum: 1 },
    options: {},
    examples: ["glasswatch explain frozen-picture"],
  },
  async ({ positionals }, effects) => {
    const [{ detectors }, { findDetector }, { explanation }] = await Promise.all([
      import("@glasswatch/detectors/registry"),
      import("@glasswatch/detectors/profile"),
      import("../detectors/explanation.ts"),
    ]);
    await writeOut(effects.stdout, explanation(findDetector(detectors, positionals[0] ?? ""), effects));
    return ExitCode.clean;
  },
);
