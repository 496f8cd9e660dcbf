import { usageError } from "@glasswatch/core/errors";
import type { Finding } from "@glasswatch/core/finding";
import type { Profile } from "@glasswatch/core/profile";
import type { RepairPolicyEntry } from "@glasswatch/core/repair";
import { concealAudio } from "./conceal-audio.ts";
import type { ActionPlan, MediaAction, Situation } from "./media-action.ts";
import { normaliseLoudness } from "./normalise-loudness.ts";
import { realignAudio } from "./realign-audio.ts";
import { replaceSegment } from "./replace-segment.ts";
import { stripOrDeclare } from "./strip-or-declare.ts";

/**
 * Every repair of media, in the order in which they are made: pictures while their times are those of the scan, holes in
 * the sound before its loudness is measured, and what only moves or declares last.
 */
export const mediaActions: readonly MediaAction[] = [
  replaceSegment,
  concealAudio,
  normaliseLoudness,
  realignAudio,
  stripOrDeclare,
];

export interface PlanRequest extends Situation {
  /** Ids of the actions to take; all that the findings call for, unless it is said. */
  readonly only?: readonly string[] | undefined;
  /** Options by the id of the action; what is left out is the profile's. */
  readonly options?: Readonly<Record<string, object>>;
}

/**
 * What would be done about a file's findings, and what cannot be, in the order of `mediaActions`.
 *
 * @throws GlasswatchError with exit code 2 for options that an action does not know, 3 when the file cannot be read
 */
export async function planRepairs(request: PlanRequest, signal?: AbortSignal): Promise<ActionPlan> {
  const actions = mediaActions.filter(({ id }) => request.only?.includes(id) ?? true);
  const plans: ActionPlan[] = [];
  for (const action of actions) {
    const situation = { ...request, findings: findingsFor(action, request) };
    plans.push(await action.plan(situation, optionsOf(action, request), signal));
  }
  return {
    repairs: plans.flatMap(({ repairs }) => repairs),
    refusals: plans.flatMap(({ refusals }) => refusals),
  };
}

/** What calls for an action: of the kinds that it is made for, those that the profile leaves it. */
export function findingsFor(
  action: Pick<MediaAction, "id" | "kinds">,
  { findings, profile }: Pick<Situation, "findings" | "profile">,
): readonly Finding[] {
  const meant = entryOf(action, profile)?.kinds ?? action.kinds;
  return findings.filter(({ kind }) => action.kinds.includes(kind) && meant.includes(kind));
}

/** What the profile says of an action; where it names it twice, first. */
export function entryOf({ id }: Pick<MediaAction, "id">, { repair }: Profile): RepairPolicyEntry | undefined {
  return repair?.actions.find(({ action }) => action === id);
}

function optionsOf(action: MediaAction, { profile, options = {} }: PlanRequest): Record<string, unknown> {
  const given = { ...entryOf(action, profile)?.options, ...options[action.id] };
  const parsed = action.options.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = [action.id, ...(issue?.path ?? [])].join(".");
  throw usageError("bad-options", `options of the repair ${place}: ${issue?.message}; see docs/repair.md`);
}
