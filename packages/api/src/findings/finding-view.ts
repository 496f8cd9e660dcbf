import { findingSchema } from "@glasswatch/core/finding";
import { isAtLeast, severitySchema } from "@glasswatch/core/severity";
import { type StoredFinding, storedFindingSchema } from "@glasswatch/core/state/findings";
import { z } from "@hono/zod-openapi";

/** A finding, with where and when it was found, and who said that it is no defect. */
export const findingViewSchema = findingSchema
  .extend(storedFindingSchema.pick({ source: true, foundAt: true, dismissed: true }).shape)
  .meta({ id: "Finding" });

export type FindingView = z.infer<typeof findingViewSchema>;

export const findingFilters = {
  kind: z.string().optional(),
  severity: severitySchema.optional().describe("As severe as this, or more."),
  open: z.enum(["true", "false"]).optional(),
};

interface Filters {
  readonly kind?: string | undefined;
  readonly severity?: FindingView["severity"] | undefined;
  readonly open?: "true" | "false" | undefined;
}

export function showFinding({ finding, source, foundAt, dismissed }: StoredFinding): FindingView {
  return { ...finding, source, foundAt, ...(dismissed && { dismissed }) };
}

/** Shows the findings that the filters let through, and null for others. */
export function showMatching({ kind, severity, open }: Filters): (stored: StoredFinding) => FindingView | null {
  return (stored) => {
    const { finding } = stored;
    const isMeant =
      (kind === undefined || finding.kind === kind) &&
      (severity === undefined || isAtLeast(finding.severity, severity)) &&
      (open === undefined || (finding.endSeconds === null) === (open === "true"));
    return isMeant ? showFinding(stored) : null;
  };
}
