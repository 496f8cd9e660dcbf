import type { AnyDetector } from "@glasswatch/core/detector";
import { detectorSettingsSchema, profileSchema } from "@glasswatch/core/profile";
import { repairPolicyOf } from "@glasswatch/core/repair";
import { streamKinds } from "@glasswatch/core/repair-actions";
import { z } from "zod";

/** The exact schema of a profile: names and options are those of the registry, and no others. */
export function profileSchemaOf(registry: readonly AnyDetector[]) {
  const settings = registry.map((detector): [string, z.ZodType] => [
    detector.id,
    detectorSettingsSchema
      .extend({ options: detector.options.strict().optional().describe(`Options of ${detector.id}.`) })
      .optional()
      .describe(`${detector.title}. ${detector.why}`),
  ]);
  const expectations = [...expectationSchemas(registry)].map(([name, schema]): [string, z.ZodType] => [
    name,
    schema.optional(),
  ]);
  return profileSchema.extend({
    detectors: z.strictObject(Object.fromEntries(settings)).default({}),
    expect: z.strictObject(Object.fromEntries(expectations)).default({}),
    repair: repairPolicyOf(z.enum([...registry.map(({ id }) => id), ...streamKinds]))
      .optional()
      .describe("What is done about defects of a stream that has this profile."),
  });
}

/** A JSON Schema (draft 2020-12) of the same, with which editors complete and check a profile. */
export function profileJsonSchema(registry: readonly AnyDetector[]): object {
  return { title: "Glasswatch profile", ...z.toJSONSchema(profileSchemaOf(registry), { io: "input" }) };
}

/** By name; detectors that share a name must all understand what the profile says under it. */
function expectationSchemas(registry: readonly AnyDetector[]): ReadonlyMap<string, z.ZodType> {
  const schemas = new Map<string, Set<z.ZodType>>();
  for (const { expectation } of registry) {
    if (!expectation) continue;
    schemas.set(expectation.name, (schemas.get(expectation.name) ?? new Set()).add(expectation.schema));
  }
  return new Map(
    [...schemas].map(([name, all]) => [
      name,
      [...all].map(strict).reduce((left, right) => z.intersection(left, right)),
    ]),
  );
}

function strict(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodObject ? schema.strict() : schema;
}
