import { flag } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const routesTestCommand = defineCommand(
  {
    name: "routes test",
    summary: "Try an event pattern on an event",
    description:
      "The pattern is one of Amazon EventBridge, as routes have it, and matches what it would match there. Either is a JSON text, a file (FILE or @FILE), or - for standard input.\n\nExit codes: 0 the event matches; 1 it does not; 2 the pattern or the event is not valid.",
    positionals: {
      placeholder: "PATTERN EVENT",
      help: "what to match, and what to try it on: JSON texts, files, or - for standard input",
      minimum: 2,
      maximum: 2,
    },
    options: {
      json: flag("print one JSON document on standard output"),
    },
    examples: [
      `glasswatch routes test '{ "detail-type": [{ "prefix": "incident." }] }' event.json`,
      "glasswatch events --json | head -n 1 | glasswatch routes test @pattern.json -",
    ],
  },
  async ({ positionals: [pattern = "", event = ""], options }, effects) => {
    const [{ runRoutesTest }, { textsMatch }] = await Promise.all([
      import("../routes/run-routes-test.ts"),
      import("@glasswatch/core/routing/pattern"),
    ]);
    return runRoutesTest({ pattern, event, ...options }, effects, textsMatch);
  },
);
