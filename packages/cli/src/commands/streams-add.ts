import { dataFolder } from "../arguments/data-folder.ts";
import { choice, flag, list, text } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const streamsAddCommand = defineCommand(
  {
    name: "streams add",
    summary: "Have the running glasswatch up watch a stream",
    description:
      "A live stream is watched until it is removed; a file over HTTP is analysed to its end. Prints the id of the stream.",
    positionals: { placeholder: "URL", help: "http(s) address of a stream or a file", minimum: 1, maximum: 1 },
    options: {
      data: dataFolder,
      name: text("NAME", "what people call it; its address, unless given"),
      profile: text("PROFILE", "name of the profile that it is judged by"),
      tier: choice(
        "TIER",
        "how closely pictures are watched: full or light; full, unless given",
        ["full", "light"],
        "full",
      ),
      label: list("KEY=VALUE", "labels, separated by commas or in several options"),
      json: flag("print the stream as JSON on standard output"),
    },
    examples: [
      "glasswatch streams add https://example.com/live.m3u8 --data watch",
      "glasswatch streams add https://example.com/5.m3u8 --data watch --name channel5 --label region=eu",
    ],
  },
  async ({ positionals: [url = ""], options }, effects) => {
    const { addStream } = await import("../client/streams.ts");
    return addStream({ url, ...options }, effects);
  },
);
