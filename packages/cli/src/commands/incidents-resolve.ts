import { dataFolder } from "../arguments/data-folder.ts";
import { incidentNumber } from "../arguments/incident-number.ts";
import { defineCommand } from "../command.ts";

export const incidentsResolveCommand = defineCommand(
  {
    name: "incidents resolve",
    summary: "Say that an incident is over",
    positionals: incidentNumber,
    options: { data: dataFolder },
    examples: ["glasswatch incidents resolve 12 --data watch"],
  },
  async ({ positionals: [number = ""], options: { data } }, effects) => {
    const { orderIncident } = await import("../client/incidents.ts");
    return orderIncident({ data, number, verb: "resolve", body: {} }, effects);
  },
);
