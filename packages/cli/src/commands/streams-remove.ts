import { dataFolder } from "../arguments/data-folder.ts";
import { defineCommand } from "../command.ts";

export const streamsRemoveCommand = defineCommand(
  {
    name: "streams remove",
    summary: "Have the running glasswatch up watch a stream no more",
    positionals: { placeholder: "ID", help: "id of the stream, as streams list shows it", minimum: 1, maximum: 1 },
    options: { data: dataFolder },
    examples: ["glasswatch streams remove 5f0c --data watch"],
  },
  async ({ positionals: [id = ""], options }, effects) => {
    const { removeStream } = await import("../client/streams.ts");
    return removeStream({ id, ...options }, effects);
  },
);
