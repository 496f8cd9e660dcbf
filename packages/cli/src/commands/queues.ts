import { dataFolder } from "../arguments/data-folder.ts";
import { flag, text } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const queuesCommand = defineCommand(
  {
    name: "queues",
    summary: "Show what waits in the queues of the running glasswatch up, and what is dead",
    options: {
      data: dataFolder,
      redrive: text("QUEUE", "put the dead letters of this queue back into it first"),
      json: flag("print one JSON document on standard output"),
    },
    examples: ["glasswatch queues --data watch", "glasswatch queues --redrive notify --data watch"],
  },
  async ({ options }, effects) => {
    const { showQueues } = await import("../client/queues.ts");
    return showQueues(options, effects);
  },
);
