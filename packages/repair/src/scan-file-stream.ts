import { createHash } from "node:crypto";
import type { Incident } from "@glasswatch/core/incident";
import { maskUrl } from "@glasswatch/core/net/mask-url";
import { wasFirst } from "@glasswatch/core/ports/was-first";
import type { RepairPolicy, RepairPolicyEntry } from "@glasswatch/core/repair";
import { repairActions } from "@glasswatch/core/repair-actions";
import { openScans, queuedScan } from "@glasswatch/core/state/scans";
import type { Stream } from "@glasswatch/core/state/streams";
import type { Decision } from "./decide.ts";
import { noteRefusal } from "./note-refusal.ts";
import { policyOf } from "./policy-of.ts";
import type { RepairSetup } from "./setup.ts";

/**
 * A stream that is a file is over before anything could help it. Where its policy has media actions for what is wrong with it, the
 * file is scanned, once: of that comes a repaired copy (`files/consider-scan.ts`).
 *
 * @returns why the stream itself is not repaired, for people
 */
export async function scanFileStream(decision: Decision, stream: Stream, setup: RepairSetup): Promise<string> {
  const found = calledFor(await policyOf(stream, setup.ports.table), decision.incident, stream);
  if (!found) return `${stream.name} is a file: scan it, and ask for a repair of that`;
  const { url, profile, tier, groups } = stream;
  const id = createHash("sha256").update(`file ${stream.id} ${stream.createdAt} ${stream.run}`).digest("hex");
  const scan = queuedScan({
    ...{ id: id.slice(0, 32), url, input: maskUrl(url), streamId: stream.id, profile, tier, groups, at: setup.now() },
  });
  await wasFirst(openScans(setup.ports.table).create(scan));
  const text = `${stream.name} is a file, of which a copy is repaired by what scan ${scan.id} finds`;
  await noteRefusal(decision, { action: found.entry.action, kind: found.kind, text }, setup);
  return text;
}

interface CalledFor {
  readonly entry: RepairPolicyEntry;
  readonly kind: string;
}

/** A defect that people are told of, over or not: it stays in the file. */
function calledFor({ mode, actions }: RepairPolicy, { parts }: Incident, { id }: Stream): CalledFor | undefined {
  if (mode !== "auto" && mode !== "dry-run") return undefined;
  const told = parts.filter(({ streamId, mutedBy }) => streamId === id && mutedBy === null);
  const media = actions.filter(({ action, needsApproval }) => repairActions[action]?.of === "file" && !needsApproval);
  const all = media.flatMap((entry) => {
    const part = told.find(({ kind }) => (entry.kinds ?? repairActions[entry.action]?.kinds)?.includes(kind));
    return part ? [{ entry, kind: part.kind }] : [];
  });
  return all[0];
}
