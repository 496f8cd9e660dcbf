import { dataFolder } from "../arguments/data-folder.ts";
import { flag } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const streamsListCommand = defineCommand(
  {
    name: "streams list",
    summary: "List the streams of the running glasswatch up, and how they fare",
    options: { data: dataFolder, json: flag("print one stream a line on standard output, as JSON") },
    examples: ["glasswatch streams list --data watch"],
  },
  async ({ options }, effects) => {
    const { listStreams } = await import("../client/streams.ts");
    return listStreams(options, effects);
  },
);
