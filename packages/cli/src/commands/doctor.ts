import { flag } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const doctorCommand = defineCommand(
  {
    name: "doctor",
    summary: "Check what is installed, what is missing, and how fast this machine decodes",
    options: { json: flag("print the same as JSON") },
  },
  async ({ options }, effects) => {
    const { runDoctor } = await import("../doctor/run-doctor.ts");
    return runDoctor(options, effects);
  },
);
