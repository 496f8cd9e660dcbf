import { dataFolder } from "../arguments/data-folder.ts";
import { flag } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const eventsCommand = defineCommand(
  {
    name: "events",
    summary: "Show the events of the running glasswatch up",
    description:
      "The events of the last seven days, in the order in which they were logged. Measurements and time-outs, which nobody reads, are shown with --json only.",
    options: {
      data: dataFolder,
      follow: flag("then go on with those to come, until Ctrl-C", "f"),
      json: flag("print one event a line on standard output, as JSON"),
    },
    examples: [
      "glasswatch events --follow --data watch",
      'glasswatch events --json --data watch | jq \'select(."detail-type" == "incident.opened")\'',
    ],
  },
  async ({ options }, effects) => {
    const { showEvents } = await import("../client/events.ts");
    return showEvents(options, effects);
  },
);
