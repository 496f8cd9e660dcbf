import type { Command } from "@glasswatch/core/command";
import type { EventOf } from "@glasswatch/core/events/event";
import { answerOrder } from "./answer-order.ts";
import { answerReport } from "./answer-report.ts";
import { answerSilence } from "./answer-silence.ts";
import { answerStatus } from "./answer-status.ts";
import type { Stores } from "./stores.ts";
import { type Answer, shortened } from "./words.ts";

type CommandEvent = EventOf<"command.received">;

/** Does what a person says, and answers in a line that an SMS holds. What cannot be done is an answer, too. */
export async function handleCommand(event: CommandEvent, stores: Stores): Promise<void> {
  const { id, command } = event.detail.data;
  if ((await stores.commands.get(id))?.answer) return;
  const answer = await answerTo(command, event, stores);
  if (answer) await stores.commands.answer(id, { done: answer.done, text: shortened(answer.text) });
}

/** Null for what others do. */
async function answerTo(command: Command, event: CommandEvent, stores: Stores): Promise<Answer | null> {
  switch (command.name) {
    case "acknowledge":
    case "resolve":
    case "reopen":
    case "not-a-defect":
      return answerOrder(command, event, stores);
    case "silence":
      return answerSilence(command, event, stores);
    case "status":
      return answerStatus(stores);
    case "report":
      return answerReport(command.streamId, stores);
    default:
      return null;
  }
}
