import type { Positionals } from "./declaration.ts";

/** Of the incident that a command is about. */
export const incidentNumber: Positionals = {
  placeholder: "NUMBER",
  help: "number of the incident, as incidents list shows it",
  minimum: 1,
  maximum: 1,
};
