import { dataFolder } from "../arguments/data-folder.ts";
import { defineCommand } from "../command.ts";

export const silencesRemoveCommand = defineCommand(
  {
    name: "silences remove",
    summary: "End a silence",
    positionals: { placeholder: "ID", help: "id of the silence, as silences list shows it", minimum: 1, maximum: 1 },
    options: { data: dataFolder },
    examples: ["glasswatch silences remove 5f0c --data watch"],
  },
  async ({ positionals: [id = ""], options }, effects) => {
    const { removeSilence } = await import("../client/silences.ts");
    return removeSilence({ id, ...options }, effects);
  },
);
