import type { ScanResult } from "@glasswatch/core/scan-result";
import { mediaActions } from "./actions.ts";
import { factsOfFile, toolVersions } from "./file-record.ts";
import type { FindingsFate } from "./findings-fate.ts";
import type { RepairOutcome } from "./make-repairs.ts";
import type { Manifest } from "./manifest.ts";

export interface ManifestFacts extends RepairOutcome {
  readonly input: { readonly name: string; readonly path: string };
  readonly before: ScanResult;
  readonly at: Date;
}

/** Of what was done, as long as nothing of it is verified. */
export async function makeManifest({ input, before, made, refusals, at }: ManifestFacts): Promise<Manifest> {
  return {
    schemaVersion: 1,
    createdAt: at.toISOString(),
    input: await factsOfFile(input.name, input.path),
    output: null,
    actions: made.map(({ repair, changes }) => ({
      action: repair.action,
      what: repair.what,
      findings: [...repair.findings],
      reversible: mediaActions.find(({ id }) => id === repair.action)?.reversible ?? false,
      parameters: { ...repair.parameters },
      changes: [...changes],
    })),
    refusals: refusals.map((refusal) => ({ ...refusal, findings: [...refusal.findings] })),
    tools: await toolVersions(),
    findings: { gone: [], left: idsOf(before.findings), new: [] },
    before,
    after: null,
  };
}

/** With the scan of what was written, and what became of the findings. */
export function verifiedManifest(manifest: Manifest, after: ScanResult, fate: FindingsFate): Manifest {
  return {
    ...manifest,
    findings: { gone: idsOf(fate.gone), left: idsOf(fate.left), new: idsOf(fate.new) },
    after,
  };
}

function idsOf(findings: readonly { readonly id: string }[]): string[] {
  return findings.map(({ id }) => id);
}
