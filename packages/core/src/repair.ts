import { z } from "zod";
import { actorSchema } from "./actor.ts";
import type { RepairActionDeclaration } from "./repair-action-declaration.ts";
import { repairActions } from "./repair-actions.ts";

export const repairStatuses = [
  ...["awaiting-approval", "requested", "acting", "verifying"],
  ...["succeeded", "failed", "abandoned"],
] as const;

/** How it is measured that a repair helped. */
export const verificationSchema = z.object({
  /** The stream whose media has to be clean: that of the `outputUrl`, or the repaired one itself. */
  streamId: z.string(),
  /** Media to be analysed without the defect. */
  neededSeconds: z.number().positive(),
  /** Of that, so far. */
  cleanSeconds: z.number().nonnegative(),
  /** From when on what is analysed counts. */
  since: z.iso.datetime(),
  /** What is not proven by then has failed. */
  until: z.iso.datetime(),
});

/** An action taken on an incident, with its verification. `version` counts its changes from 1. */
export const repairSchema = z.object({
  id: z.string(),
  incidentId: z.string(),
  streamId: z.string(),
  /** The kind of defect that it is to end. */
  kind: z.string(),
  /** Id of the action. */
  action: z.string(),
  status: z.enum(repairStatuses),
  /** Only said what would be done. */
  dryRun: z.boolean(),
  reversible: z.boolean(),
  requestedBy: actorSchema,
  requestedAt: z.iso.datetime(),
  approvedBy: actorSchema.nullable(),
  actedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  verification: verificationSchema.nullable(),
  /** What the action has to know to be taken back; null where nothing is to be taken back. */
  undo: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable(),
  /** What was done and what came of it, a line each, for people. */
  log: z.array(z.object({ at: z.iso.datetime(), text: z.string() })),
  version: z.int().positive(),
});

export type Repair = z.infer<typeof repairSchema>;

type KindSchema = z.ZodType<string, string>;

/** An action of a policy; its options are checked against what the action declares. */
function policyEntry([action, { why, options }]: readonly [string, RepairActionDeclaration], kind: KindSchema) {
  return z
    .strictObject({
      action: z.literal(action as string),
      kinds: z.array(kind).min(1).optional().describe("Defects that it is for, if not those that it is made for."),
      // Left out where it needs none, which its type cannot say for all of them.
      options: (options.safeParse({}).success ? options.prefault({}) : options) as z.ZodPrefault<z.ZodObject>,
      needsApproval: z.boolean().default(false).describe("Whatever the mode: a person has to say so."),
    })
    .describe(why);
}

function policyEntries(kind: KindSchema) {
  const [first, ...others] = Object.entries(repairActions).map((action) => policyEntry(action, kind));
  if (!first) throw new RangeError("there are no actions");
  return z.discriminatedUnion("action", [first, ...others]);
}

/** How a channel's defects are repaired: of its profile. @param kind the defects that there are */
export function repairPolicyOf(kind: KindSchema) {
  return z.strictObject({
    mode: z
      .enum(["off", "dry-run", "approve", "auto"])
      .default("off")
      .describe("approve: when a person says so. dry-run: only told what would be done."),
    actions: z
      .array(policyEntries(kind))
      .default([])
      .describe("Tried in this order: the first whose kinds hold the defect, and that nothing stands against."),
    coolDownMinutes: z.number().nonnegative().max(1440).default(5).describe("Between two repairs of a stream."),
    attemptsPerHour: z.int().positive().default(3).describe("Repairs of a stream within an hour."),
    mostStreamsAtOnce: z
      .int()
      .positive()
      .default(3)
      .describe("Streams repaired at the same time, of the whole deployment: what fails everywhere is no one's fault."),
    verify: z
      .strictObject({
        cleanSeconds: z.number().positive().default(30).describe("Media analysed without the defect."),
        withinSeconds: z.number().positive().default(300).describe("What is not proven by then has failed."),
      })
      .default({ cleanSeconds: 30, withinSeconds: 300 }),
  });
}

/** As it is kept: what kinds there are may change with the detectors that are installed. */
export const repairPolicySchema = repairPolicyOf(z.string());

export type RepairPolicy = z.infer<typeof repairPolicySchema>;

export type RepairPolicyEntry = RepairPolicy["actions"][number];
