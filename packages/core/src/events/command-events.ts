import { commandAnswerSchema, receivedCommandSchema } from "../command.ts";
import { defineEvent } from "./define-event.ts";

/** A person said what is to be done. Where it is about no one stream, the `streamId` of its envelope is `-`. */
export const commandReceived = defineEvent("command.received", receivedCommandSchema);

export const commandAnswered = defineEvent("command.answered", commandAnswerSchema);
