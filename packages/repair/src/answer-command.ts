import type { Actor } from "@glasswatch/core/actor";
import type { ReceivedCommand } from "@glasswatch/core/command";
import type { Repair } from "@glasswatch/core/repair";
import { openCommands } from "@glasswatch/core/state/commands";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { openRepairAttempts } from "@glasswatch/core/state/repair-attempts";
import { openRepairs } from "@glasswatch/core/state/repairs";
import { openKinds } from "./choose-action.ts";
import { conclude } from "./conclude.ts";
import { decide } from "./decide.ts";
import { stepTo } from "./repair-steps.ts";
import type { RepairSetup } from "./setup.ts";

interface Answer {
  readonly done: boolean;
  readonly text: string;
}

/** An answer fits into a text message. */
const mostCharacters = 160;

/** Does what a person said, and answers. The same command again is done once, and answered once. */
export async function answerCommand(received: ReceivedCommand, traceparent: string, setup: RepairSetup): Promise<void> {
  const { id, command, by } = received;
  const commands = openCommands(setup.ports.table, setup.now);
  if ((await commands.get(id))?.answer) return;
  const answer = await answerTo();
  if (answer) await commands.answer(id, { ...answer, text: shortened(answer.text) });

  async function answerTo(): Promise<Answer | null> {
    switch (command.name) {
      case "repair":
        return orderRepair({ id, by, incidentId: command.incidentId, action: command.action, traceparent }, setup);
      case "approve-repair":
        return approve(command.repairId, { by, traceparent }, setup);
      case "reject-repair":
        return reject(command.repairId, { by, traceparent }, setup);
      default:
        return null;
    }
  }
}

interface Order {
  readonly id: string;
  readonly by: Actor;
  readonly incidentId: string;
  readonly action: string | undefined;
  readonly traceparent: string;
}

/** The first stream of the incident about which something can be done. */
async function orderRepair({ incidentId, traceparent, ...order }: Order, setup: RepairSetup): Promise<Answer> {
  const incident = await openIncidents(setup.ports.table).get(incidentId);
  if (!incident) return { done: false, text: `There is no incident ${incidentId}.` };
  const { number, status, streamIds } = incident;
  if (status === "resolved") return { done: false, text: `${number} is over already.` };
  const waiting = await awaitingApproval(incidentId, setup);
  if (waiting) return approve(waiting.id, { by: order.by, traceparent }, setup);
  let refused: string | null = null;
  for (const streamId of streamIds.filter((id) => openKinds(incident, id).length > 0)) {
    const decided = await decide({ incident, streamId, order, traceparent }, setup);
    if (decided.repair) return { done: true, text: begun(number, decided.repair) };
    refused ??= decided.refused;
  }
  const what = order.action === undefined ? "no action" : `no action ${order.action}`;
  return { done: false, text: `${number} is not repaired: ${refused ?? `its policy has ${what} for it`}.` };
}

/** Who asks for a repair that waits for somebody's word has given it. */
async function awaitingApproval(incidentId: string, setup: RepairSetup): Promise<Repair | null> {
  for (const attempt of await openRepairAttempts(setup.ports.table).list()) {
    if (attempt.incidentId !== incidentId || attempt.endedAt !== null) continue;
    const repair = await openRepairs(setup.ports.table).get(attempt.repairId);
    if (repair?.status === "awaiting-approval") return repair;
  }
  return null;
}

function begun(number: number, { action, streamId, dryRun }: Repair): string {
  return `${number}: ${action} ${dryRun ? "would be tried (dry run)" : "begins"} for ${streamId}.`;
}

interface Word {
  readonly by: Actor;
  readonly traceparent: string;
}

async function approve(id: string, { by, traceparent }: Word, setup: RepairSetup): Promise<Answer> {
  const at = setup.now();
  const repair = await openRepairs(setup.ports.table).change(id, (known) => {
    if (known?.status !== "awaiting-approval") return null;
    const text = `approved by ${by.name}`;
    return stepTo(known, { status: "requested", approvedBy: by }, { at, traceparent, text });
  });
  if (!repair) return { done: false, text: `There is no repair ${id}.` };
  const isOurs = repair.approvedBy?.name === by.name && repair.approvedBy.via === by.via;
  if (isOurs) return { done: true, text: `${repair.action} for ${repair.streamId} begins.` };
  return { done: false, text: `${repair.action} for ${repair.streamId} awaits no approval: it is ${repair.status}.` };
}

async function reject(id: string, { by, traceparent }: Word, setup: RepairSetup): Promise<Answer> {
  const repair = await openRepairs(setup.ports.table).get(id);
  if (!repair) return { done: false, text: `There is no repair ${id}.` };
  const text = `rejected by ${by.name}`;
  if (repair.status === "awaiting-approval" || repair.status === "requested") {
    await conclude(repair, { status: "abandoned", text, traceparent }, setup);
  }
  const latest = (await openRepairs(setup.ports.table).get(id)) ?? repair;
  const isDone = latest.status === "abandoned" && latest.log.at(-1)?.text === text;
  if (isDone) return { done: true, text: `${repair.action} for ${repair.streamId} is not done.` };
  return { done: false, text: `${repair.action} for ${repair.streamId} cannot be rejected: it is ${latest.status}.` };
}

function shortened(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1)}…` : text;
}
