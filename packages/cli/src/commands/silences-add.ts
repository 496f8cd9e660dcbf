import { usageError } from "@glasswatch/core/errors";
import { dataFolder } from "../arguments/data-folder.ts";
import { integer, list, text } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const silencesAddCommand = defineCommand(
  {
    name: "silences add",
    summary: "Have nobody told of some defects for a while",
    description:
      "Of streams, kinds and labels all that is given has to be so. What is silenced is found and kept all the same. Windows of the week are made through the API (docs/api.md). Prints the id of the silence.",
    options: {
      data: dataFolder,
      stream: list("ID", "ids of streams, separated by commas or in several options"),
      kind: list("KIND", "kinds of defects, as glasswatch detectors names them"),
      label: list("KEY=VALUE", "labels of the stream"),
      minutes: integer("MINUTES", "for so long, from now on", { minimum: 1, maximum: 527_040 }),
      comment: text("TEXT", "why, for others"),
    },
    examples: ["glasswatch silences add --kind black-picture --label region=eu --minutes 30 --data watch"],
  },
  async ({ options: { minutes, ...options } }, effects) => {
    if (minutes === undefined) throw usageError("bad-usage", "say for how long, for example --minutes 30");
    const { addSilence } = await import("../client/silences.ts");
    return addSilence({ minutes, ...options }, effects);
  },
);
