import type { Command } from "@glasswatch/core/command";
import type { EventData } from "@glasswatch/core/events/event";
import type { Incident } from "@glasswatch/core/incident";
import { openCommands } from "@glasswatch/core/state/commands";
import { openDeliveries } from "@glasswatch/core/state/deliveries";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { idOf } from "../deterministic-id.ts";
import type { AlertsSetup } from "../open-alerts.ts";
import { findStream } from "./find-stream.ts";
import { fitting, toGsm7 } from "./gsm7.ts";
import { maskNumber } from "./mask-number.ts";
import { parseSmsCommand, type SmsRequest } from "./parse-command.ts";

/** A text message that somebody sent to Glasswatch. */
export interface ReceivedSms {
  /** Number in the form of E.164: `+4915112345678`. */
  readonly from: string;
  readonly text: string;
  /** Of the provider. The same message again has the same. */
  readonly messageId: string;
  /** When the provider had it; now, unless it is said. */
  readonly receivedAt?: Date;
}

/** What people say by text message. */
export interface SmsCommands {
  /**
   * Takes a message of a person who may command, once: the same again is without effect. Others get no answer.
   *
   * @throws UnavailableError where nothing can be stored or sent now: it is to be received again
   */
  receive(message: ReceivedSms): Promise<void>;
  /** Sends the answer to a command that came by text message, once. */
  answer(answer: EventData<"command.answered">): Promise<void>;
}

/** What was meant then may be wrong by now, and a replay may have been recorded long ago. */
const oldestMs = 10 * 60_000;

/** Of two messages in one (3GPP TS 23.040 §9.2.3.24.1): a header takes 7 septets of each. */
const answerSeptets = 2 * 153;

const help =
  "STATUS: what is open. ACK 12 [30M]: I am at it. MUTE channel5 1H [kind]. REPORT channel5. REPAIR 12. APPROVE 12, REJECT 12: its repair.";

/** What a message comes to: a command, or words for whoever sent it. */
type Understood = { readonly command: Command; readonly streamId: string } | { readonly reply: string };

/** Of a command about no stream in particular. */
const noStream = "-";

export function openSmsCommands({
  config,
  ports: { table },
  sms,
  now,
  log,
}: Pick<AlertsSetup, "config" | "ports" | "sms" | "now" | "log">): SmsCommands {
  const commands = openCommands(table, now);
  const incidents = openIncidents(table);
  const deliveries = openDeliveries(table, now);

  async function answer({ id, text, replyTo }: EventData<"command.answered">): Promise<void> {
    if (replyTo?.channel !== "sms") return;
    const delivery = { "detail-type": "command.answered", detail: { idempotencyKey: `${id}:2` } };
    await deliveries.once("sms", delivery, () => sms.send(replyTo.to, fitting(toGsm7(text), answerSeptets)));
  }

  async function aboutIncident(
    number: number,
    toCommand: (incident: Incident) => Command | string,
  ): Promise<Understood> {
    const incident = await incidents.numbered(number);
    if (!incident) return { reply: `There is no incident ${number}. Send STATUS for what is open.` };
    const command = toCommand(incident);
    return typeof command === "string" ? { reply: command } : { command, streamId: incident.streamId };
  }

  async function aboutStream(words: string, toCommand: (streamId: string) => Command): Promise<Understood> {
    const found = await findStream(words, table);
    return "id" in found ? { command: toCommand(found.id), streamId: found.id } : { reply: found.problem };
  }

  async function understand(request: SmsRequest): Promise<Understood> {
    switch (request.name) {
      case "help":
        return { reply: help };
      case "unclear":
        return { reply: request.why };
      case "status":
        return { command: { name: "status" }, streamId: noStream };
      case "report":
        return aboutStream(request.stream, (streamId) => ({ name: "report", streamId }));
      case "silence": {
        const { name, minutes, kinds } = request;
        const silence = { name, minutes, ...(kinds && { kinds: [...kinds] }) };
        return aboutStream(request.stream, (streamId) => ({ ...silence, streamIds: [streamId] }));
      }
      case "acknowledge":
      case "repair": {
        const { incident: number, ...command } = request;
        return aboutIncident(number, ({ id: incidentId }) => ({ ...command, incidentId }));
      }
      case "approve":
      case "reject":
        return aboutIncident(request.incident, ({ number, repairs }) => {
          const waiting = repairs.findLast(({ status }) => status === "awaiting-approval");
          if (!waiting) return `No repair of incident ${number} waits for approval.`;
          return { name: `${request.name}-repair`, repairId: waiting.id };
        });
    }
  }

  return {
    answer,
    async receive({ from, text, messageId, receivedAt = now() }) {
      const [name] =
        Object.entries(config.people).find(([, person]) => person.phone === from && person.mayCommand) ?? [];
      if (name === undefined) {
        log.warn({ from: maskNumber(from) }, "a text message of a number that may not command");
        return;
      }
      if (now().getTime() - receivedAt.getTime() > oldestMs) {
        log.warn({ person: name, receivedAt }, "a text message that is too old to act upon");
        return;
      }
      const id = idOf("sms", messageId);
      const replyTo = { channel: "sms", to: from } as const;
      const delivery = { "detail-type": "sms.received", detail: { idempotencyKey: `${id}:1` } };
      // What it means is looked up once: a replay does not become a command because there is such an incident by now.
      await deliveries.once("sms", delivery, async () => {
        const understood = await understand(parseSmsCommand(text));
        if ("reply" in understood) return answer({ id, done: false, text: understood.reply, replyTo });
        const { command, streamId } = understood;
        await commands.receive({ id, command, by: { via: "sms", name }, replyTo }, streamId);
        log.info({ person: name, command: command.name, id }, "a command by text message");
      });
    },
  };
}
