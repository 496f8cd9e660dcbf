import { flag, text } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const feedbackCommand = defineCommand(
  {
    name: "feedback",
    summary: "Mark a finding as no defect, and see which change of the profile would silence it",
    description:
      "Takes the finding's id and what scan --json or watch --json printed, as files or folders of such files: the one with the finding, and as many others as there are. The change is shown with what it would have changed in all of them, and is made only with --apply. Every mark is kept in a file, a line of JSON each.",
    positionals: {
      placeholder: "FINDING SCAN…",
      help: "the finding's id, then what scan --json or watch --json printed: files, or folders of them",
      minimum: 2,
      maximum: Number.POSITIVE_INFINITY,
    },
    options: {
      notADefect: flag("the finding is no defect"),
      note: text("TEXT", "why, for whoever reads the marks later"),
      profile: text("FILE", "the profile to change; JSON or YAML"),
      apply: flag("change the profile; without it, the change is only shown"),
      marks: text("FILE", "where marks are kept (default: feedback.jsonl)"),
    },
    examples: [
      "glasswatch scan programme.mp4 --json > scan.json",
      "glasswatch feedback 0f3a77c1d2e4b596 scan.json --not-a-defect --note 'a slate'",
      "glasswatch feedback 0f3a77c1d2e4b596 scans/ --not-a-defect --profile channel5.yaml --apply",
    ],
  },
  async ({ positionals, options }, effects) => {
    const [{ runFeedback }, { detectors }] = await Promise.all([
      import("../feedback/run-feedback.ts"),
      import("@glasswatch/detectors/registry"),
    ]);
    const [findingId = "", ...scans] = positionals;
    return runFeedback({ findingId, scans, ...options, marks: options.marks ?? "feedback.jsonl" }, effects, detectors);
  },
);
