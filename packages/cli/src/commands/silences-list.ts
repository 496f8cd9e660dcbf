import { dataFolder } from "../arguments/data-folder.ts";
import { flag } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const silencesListCommand = defineCommand(
  {
    name: "silences list",
    summary: "List the silences of the running glasswatch up",
    options: { data: dataFolder, json: flag("print one silence a line on standard output, as JSON") },
    examples: ["glasswatch silences list --data watch"],
  },
  async ({ options }, effects) => {
    const { listSilences } = await import("../client/silences.ts");
    return listSilences(options, effects);
  },
);
