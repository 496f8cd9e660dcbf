import { dataFolder } from "../arguments/data-folder.ts";
import { flag, text } from "../arguments/option.ts";
import { defineCommand } from "../command.ts";

export const alertsTestCommand = defineCommand(
  {
    name: "alerts test",
    summary: "Send a test message through every configured channel",
    description:
      "Channels are read from alerts in DIR/config.json; glasswatch up need not run. On this machine text messages are printed instead of sent.\n\nExit codes: 0 each channel took it; 1 one did not, and a line says why; 2 there is no such channel, or the configuration has a mistake.",
    options: {
      data: dataFolder,
      channel: text("NAME", "only this channel; all, unless given"),
      allowPrivate: flag("admit webhooks at loopback and private addresses"),
    },
    examples: ["glasswatch alerts test --data watch", "glasswatch alerts test --channel ops --data watch"],
  },
  async ({ options }, effects) => {
    const [{ runAlertsTest }, { detectors }] = await Promise.all([
      import("../alerts/run-alerts-test.ts"),
      import("@glasswatch/detectors/registry"),
    ]);
    return runAlertsTest(options, effects, detectors);
  },
);
