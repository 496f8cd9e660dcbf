import type { Incident } from "@glasswatch/core/incident";
import type { Repair, RepairPolicy, RepairPolicyEntry } from "@glasswatch/core/repair";
import { repairActions } from "@glasswatch/core/repair-actions";
import { severities } from "@glasswatch/core/severity";
import type { Stream } from "@glasswatch/core/state/streams";
import type { RepairSetup } from "./setup.ts";

export interface Choice {
  readonly entry: RepairPolicyEntry;
  readonly kind: string;
  /** What it would do, for people. */
  readonly would: string;
}

export type Chosen =
  | { readonly choice: Choice; readonly refused?: undefined }
  /** Why nothing can be done; null where the policy has nothing for these defects. */
  | {
      readonly choice: null;
      readonly refused: { readonly action: string; readonly kind: string; readonly text: string } | null;
    };

export interface ChoiceFacts {
  readonly incident: Incident;
  readonly stream: Stream;
  readonly policy: RepairPolicy;
  /** The one that a person asked for. */
  readonly wanted?: string | undefined;
  /** What was done about this stream since the incident was opened last. */
  readonly earlier: readonly Repair[];
}

/** The first action of the policy whose kinds hold an open defect of the stream, and that can be done. */
export async function chooseAction(facts: ChoiceFacts, setup: Pick<RepairSetup, "actions" | "tools">): Promise<Chosen> {
  const { incident, stream, policy, wanted, earlier } = facts;
  // What would be done after that is seen when it is done.
  if (wanted === undefined && earlier.some(({ dryRun }) => dryRun)) return { choice: null, refused: null };
  const kinds = openKinds(incident, stream.id);
  let refused: Chosen["refused"] = null;
  for (const entry of policy.actions) {
    // What is made on copies of files has its own command.
    if (repairActions[entry.action]?.of === "file") continue;
    if (wanted !== undefined && entry.action !== wanted) continue;
    const { action: id, options } = entry;
    const action = setup.actions.find((candidate) => candidate.id === id);
    const meantFor = entry.kinds ?? action?.kinds;
    const kind = kinds.find((candidate) => meantFor?.includes(candidate) ?? true);
    if (kind === undefined) continue;
    const isTried = !action?.goesOn && earlier.some((repair) => repair.action === id);
    // Who asks for it knows what was before.
    if (wanted === undefined && (isTried || isDeclined(id, earlier))) continue;
    const plan = action
      ? await action.plan({ stream, options, earlier, tools: setup.tools })
      : { refused: `this deployment has no action ${id}` };
    if (plan.refused === undefined) return { choice: { entry, kind, would: plan.would }, refused: undefined };
    refused ??= { action: id, kind, text: plan.refused };
  }
  return { choice: null, refused: refused ?? null };
}

/** Of the defects that people are told of, the worst first. */
export function openKinds({ parts }: Incident, streamId: string): readonly string[] {
  const open = parts.filter((part) => part.streamId === streamId && part.open && part.mutedBy === null);
  const worstFirst = open.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
  return worstFirst.map(({ kind }) => kind);
}

/** A person, or nobody in time, said no; or it was only to be told what would be done. */
function isDeclined(action: string, earlier: readonly Repair[]): boolean {
  return earlier.some((repair) => repair.action === action && repair.status === "abandoned");
}
