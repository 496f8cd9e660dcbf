import { streamRepairActions } from "@glasswatch/core/repair-actions";
import { defineAction } from "../action.ts";
import { failoverSwitch } from "./failover-switch.ts";
import { inputSwitch } from "./input-switch.ts";

/** Takes the stream from elsewhere. */
export const switchSource = defineAction("switch-source", streamRepairActions["switch-source"], {
  goesOn: true,
  mayRepeat: () => true,
  plan: (context) => wayOf(context.options.through).plan(context),
  act: (context) => wayOf(context.options.through).act(context),
  undo: (context) => wayOf(context.options.through).undo(context),
});

function wayOf(through: "failover" | "medialive") {
  return through === "failover" ? failoverSwitch : inputSwitch;
}
