import { incidentStatuses } from "@glasswatch/core/incident";
import { dataFolder } from "../arguments/data-folder.ts";
import { choice, flag } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const incidentsListCommand = defineCommand(
  {
    name: "incidents list",
    summary: "List the incidents of the running glasswatch up, the latest first",
    options: {
      data: dataFolder,
      status: choice(
        "STATUS",
        `only those that are ${incidentStatuses.join(", ")}; all, unless given`,
        ["all", ...incidentStatuses],
        "all",
      ),
      json: flag("print one incident a line on standard output, as JSON"),
    },
    examples: ["glasswatch incidents list --status open --data watch"],
  },
  async ({ options }, effects) => {
    const { listIncidents } = await import("../client/incidents.ts");
    return listIncidents(options, effects);
  },
);
