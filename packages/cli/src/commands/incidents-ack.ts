import { dataFolder } from "../arguments/data-folder.ts";
import { incidentNumber } from "../arguments/incident-number.ts";
import { integer } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const incidentsAckCommand = defineCommand(
  {
    name: "incidents ack",
    summary: "Say that somebody is at an incident: nobody else is told",
    positionals: incidentNumber,
    options: {
      data: dataFolder,
      minutes: integer("MINUTES", "for so long; until it is resolved, unless given", { minimum: 1, maximum: 527_040 }),
    },
    examples: ["glasswatch incidents ack 12 --minutes 30 --data watch"],
  },
  async ({ positionals: [number = ""], options: { data, minutes } }, effects) => {
    const { orderIncident } = await import("../client/incidents.ts");
    const body = minutes === undefined ? {} : { minutes };
    return orderIncident({ data, number, verb: "acknowledge", body }, effects);
  },
);
