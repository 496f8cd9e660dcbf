import type { FileRepair } from "@glasswatch/core/file-repair";
import type { Finding } from "@glasswatch/core/finding";
import type { ScanResult } from "@glasswatch/core/scan-result";
import { isAtLeast } from "@glasswatch/core/severity";
import type { FindingsFate } from "../media/findings-fate.ts";

export interface CopyScans {
  readonly before: ScanResult;
  readonly after: ScanResult;
  readonly fate: FindingsFate;
}

export interface CopyVerdict {
  readonly hasHelped: boolean;
  /** Why, for people. */
  readonly text: string;
}

/**
 * A copy has helped when all that called for what was done is gone, and nothing grave is new. What was not looked for is not
 * gone.
 */
export function judgeCopy({ made }: Pick<FileRepair, "made">, { before, after, fate }: CopyScans): CopyVerdict {
  const ids = new Set(made.flatMap(({ findings }) => findings));
  const called = before.findings.filter(({ id }) => ids.has(id));
  const left = called.filter(({ id }) => !fate.gone.some((gone) => gone.id === id));
  const unseen = kindsOf(called).filter(
    (kind) => !after.detectors.some(({ id, status }) => id === kind && status === "ok"),
  );
  const grave = fate.new.filter(({ severity }) => isAtLeast(severity, "major"));
  const reasons = [
    ...left.map((finding) => `${placed(finding)} is still there`),
    ...unseen.map((kind) => `${kind} was not looked for`),
    ...grave.map((finding) => `${placed(finding)} is new (${finding.severity})`),
  ];
  if (reasons.length > 0) return { hasHelped: false, text: reasons.join(", ") };
  const gone = called.length === 0 ? "" : `${kindsOf(called).join(", ")} gone, `;
  return { hasHelped: true, text: `the copy was scanned: ${gone}nothing grave is new` };
}

function kindsOf(findings: readonly Finding[]): readonly string[] {
  return [...new Set(findings.map(({ kind }) => kind))];
}

function placed({ kind, startSeconds }: Finding): string {
  return `${kind} at ${Number(startSeconds.toFixed(2))} s`;
}
