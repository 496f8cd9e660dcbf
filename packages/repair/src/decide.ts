import { createHash } from "node:crypto";
import type { Actor } from "@glasswatch/core/actor";
import type { Incident } from "@glasswatch/core/incident";
import type { Repair, RepairPolicy } from "@glasswatch/core/repair";
import { openRepairAttempts, type RepairAttempt } from "@glasswatch/core/state/repair-attempts";
import { openRepairs } from "@glasswatch/core/state/repairs";
import { openStreams } from "@glasswatch/core/state/streams";
import { type Choice, chooseAction, openKinds } from "./choose-action.ts";
import { type Refusal, refusalOf } from "./guards.ts";
import { noteRefusal } from "./note-refusal.ts";
import { attemptsOf, settledAttempts } from "./past-attempts.ts";
import { policyOf } from "./policy-of.ts";
import { firstStep } from "./repair-steps.ts";
import { setRepairTimer } from "./repair-timer.ts";
import { scanFileStream } from "./scan-file-stream.ts";
import type { RepairSetup } from "./setup.ts";

export interface Decision {
  readonly incident: Incident;
  readonly streamId: string;
  readonly traceparent: string;
  /** Where a person said so. */
  readonly order?: {
    readonly by: Actor;
    /** The same order again has the same id. */
    readonly id: string;
    readonly action: string | undefined;
  };
}

export type Decided =
  | { readonly repair: Repair; readonly refused?: undefined }
  /** For people; null where nothing is to be repaired. */
  | { readonly repair: null; readonly refused: string | null };

/** Whether something is to be done about a stream of an incident, and what. Twice the same, it begins one repair. */
export async function decide(decision: Decision, setup: RepairSetup): Promise<Decided> {
  const { incident, streamId, order, traceparent } = decision;
  const { table } = setup.ports;
  const stream = (await openStreams(table).get(streamId))?.value;
  if (!stream) return { repair: null, refused: `stream ${streamId} is gone` };
  if (stream.kind === "file") return { repair: null, refused: await scanFileStream(decision, stream, setup) };
  const known = await settledAttempts(setup);
  const begun = known.find((attempt) => isTheSame(attempt, decision));
  const begunRepair = begun && (await begin(begun, setup, traceparent));
  if (begunRepair) return { repair: begunRepair };

  const policy = await policyOf(stream, table);
  const isOff = policy.mode === "off" && !order;
  if (isOff || openKinds(incident, streamId).length === 0) return { repair: null, refused: null };
  const earlier = await attemptsOf(incident, streamId, known, setup);
  const chosen = await chooseAction({ incident, stream, policy, wanted: order?.action, earlier }, setup);
  if (!chosen.choice) {
    if (chosen.refused) await noteRefusal(decision, chosen.refused, setup);
    return { repair: null, refused: chosen.refused?.text ?? null };
  }
  return admit(decision, { policy, choice: chosen.choice, known }, setup);
}

interface Admission {
  readonly policy: RepairPolicy;
  readonly choice: Choice;
  /** As they were a moment ago, those that are over marked as such. */
  readonly known: readonly RepairAttempt[];
}

async function admit(decision: Decision, admission: Admission, setup: RepairSetup): Promise<Decided> {
  const { incident, streamId, order, traceparent } = decision;
  const { policy, choice, known } = admission;
  const { entry, kind, would } = choice;
  const now = setup.now();
  let refusal: Refusal | null = null;
  let added: RepairAttempt | null = null;
  await openRepairAttempts(setup.ports.table).add((latest) => {
    const attempts = latest.map((attempt) => known.find(({ repairId }) => repairId === attempt.repairId) ?? attempt);
    const facts = { policy, streamId, incidentId: incident.id, byPerson: order !== undefined, attempts, now };
    refusal = refusalOf(facts);
    added = refusal
      ? null
      : {
          ...{ repairId: idOf(decision, latest), incidentId: incident.id, streamId, kind, action: entry.action },
          ...{ mode: modeOf(policy, entry.needsApproval, order !== undefined), at: now.toISOString(), endedAt: null },
          by: order?.by ?? { via: "system", name: "policy" },
        };
    return added;
  });
  // TypeScript does not see that the function has run.
  const held = refusal as Refusal | null;
  const attempt = added as RepairAttempt | null;
  if (!attempt) {
    if (held) await holdUp(decision, held, choice, setup);
    return { repair: null, refused: held?.text ?? null };
  }
  return { repair: await begin(attempt, setup, traceparent, would) };
}

/** What waits is looked at again, and told if people may wonder. */
async function holdUp(decision: Decision, refusal: Refusal, { entry, kind }: Choice, setup: RepairSetup) {
  const { incident, streamId, order, traceparent } = decision;
  if (order) return;
  if (refusal.againAt) {
    const facts = { id: incident.id, streamId, dueAt: refusal.againAt, traceparent };
    await setRepairTimer(setup.ports.timers, { what: "incident", ...facts });
  }
  if (refusal.guard === "being-repaired") return;
  await noteRefusal(decision, { action: entry.action, kind, text: refusal.text }, setup);
}

/** Makes the repair's row, if its maker was killed before. A dry run is over by that. */
async function begin(attempt: RepairAttempt, setup: RepairSetup, traceparent: string, would?: string): Promise<Repair> {
  const { repairId: id, incidentId, streamId, kind, action, mode, by, at } = attempt;
  const made = await openRepairs(setup.ports.table).change(id, (known) => {
    if (known) return null;
    const isDry = mode === "dry-run";
    const first = would ?? `${action} for ${kind}`;
    const text = isDry ? `dry run, nothing is done: would ${first}` : `is to ${first}`;
    const repair: Repair = {
      ...{ id, incidentId, streamId, kind, action },
      status: isDry ? "abandoned" : mode === "approve" ? "awaiting-approval" : "requested",
      dryRun: isDry,
      reversible: setup.actions.find((candidate) => candidate.id === action)?.reversible ?? false,
      ...{ requestedBy: by, requestedAt: at, approvedBy: null, actedAt: null, endedAt: isDry ? at : null },
      ...{ verification: null, undo: null, log: [{ at, text }], version: 1 },
    };
    return firstStep(repair, new Date(at), traceparent);
  });
  if (!made) throw new Error(`repair ${id} was not stored`);
  return made;
}

/** A person's word is the approval. */
function modeOf({ mode }: RepairPolicy, needsApproval: boolean, byPerson: boolean): RepairAttempt["mode"] {
  if (mode === "dry-run") return mode;
  return (mode === "approve" || needsApproval) && !byPerson ? "approve" : "auto";
}

/** The decision of an order that was taken before; of a policy's, one that has not got further than its attempt. */
function isTheSame({ repairId, streamId, incidentId, endedAt }: RepairAttempt, decision: Decision): boolean {
  if (decision.order) return repairId === orderedId(decision.order);
  return endedAt === null && streamId === decision.streamId && incidentId === decision.incident.id;
}

function idOf({ incident, streamId, order }: Decision, known: readonly RepairAttempt[]): string {
  if (order) return orderedId(order);
  const own = known.filter((attempt) => attempt.incidentId === incident.id && attempt.streamId === streamId);
  return hashed(`${incident.id} ${streamId} ${own.length}`);
}

function orderedId({ id }: NonNullable<Decision["order"]>): string {
  return hashed(`order ${id}`);
}

function hashed(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
