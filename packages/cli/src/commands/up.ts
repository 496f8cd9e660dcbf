import { dataFolder } from "../arguments/data-folder.ts";
import { flag, integer } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const upCommand = defineCommand(
  {
    name: "up",
    summary: "Run everything on this machine: API, bus, queues, detectors, consumers",
    description:
      "Everything is kept in one folder, which is made where it is not there. The API listens on loopback; its address and a key are printed, and kept in DIR/api.json. Routes, endpoints and detector groups are read from DIR/config.json. Ctrl-C drains what is at work; the next start goes on where this one ended.",
    options: {
      data: dataFolder,
      port: integer("PORT", "port of the API; as the last time, or any that is free", { minimum: 1, maximum: 65_535 }),
      allowPrivate: flag("admit sources at loopback and private addresses"),
    },
    examples: ["glasswatch up --data watch", "glasswatch streams add https://example.com/live.m3u8 --data watch"],
  },
  async ({ options }, effects) => {
    const [{ runUp }, { detectors }] = await Promise.all([
      import("../up/run-up.ts"),
      import("@glasswatch/detectors/registry"),
    ]);
    return runUp(options, effects, detectors);
  },
);
