import { z } from "zod";
import { type Actor, actorSchema } from "../actor.ts";
import type { Event } from "../events/event.ts";
import { type Finding, findingSchema } from "../finding.ts";
import type { Page, PageRequest, RowKey, Table } from "../ports/table.ts";
import { wasFirst } from "../ports/was-first.ts";
import { type Evidence, joinEvidence } from "./evidence.ts";
import { openRows } from "./rows.ts";

/** A finding as it is kept, with what it was found in: a stream or a scan. */
export const storedFindingSchema = z.object({
  source: z.object({ type: z.enum(["stream", "scan"]), id: z.string() }),
  group: z.string(),
  /** When it was first stored. */
  foundAt: z.iso.datetime(),
  finding: findingSchema,
  /** Set where a person said that it is no defect. */
  dismissed: z.object({ at: z.iso.datetime(), by: actorSchema }).optional(),
});

export type StoredFinding = z.infer<typeof storedFindingSchema>;

export interface Findings {
  /**
   * Stores a step of a finding and tells its event; without effect where the step, or a later one, is stored already. What
   * is closed stays as it is: media that is analysed again may come to the end in another number of steps.
   */
  record(step: Omit<StoredFinding, "foundAt">, event: Event): Promise<void>;
  /** Adds evidence of roles that the finding has none of. Nothing is told of that. */
  illustrate(id: string, evidence: Evidence): Promise<void>;
  /** Marks a finding as no defect, for the first time only. Nothing is told of that. */
  dismiss(id: string, by: Actor, at: Date): Promise<void>;
  get(id: string): Promise<StoredFinding | null>;
  /** Of all streams and scans, in the order in which they were found. */
  list(page: PageRequest): Promise<Page<StoredFinding>>;
  /** In the order of `startSeconds`. */
  of(source: StoredFinding["source"], page: PageRequest): Promise<Page<StoredFinding>>;
}

/** Of a finding, and of its pictures. */
export const findingKeepDays = 90;

/** Leads from a stream or a scan to one of its findings. */
const pointerSchema = z.object({ findingId: z.string() });

export function openFindings(table: Table): Findings {
  const expiresAt = ({ foundAt }: { readonly foundAt: string }) =>
    new Date(Date.parse(foundAt) + findingKeepDays * 86_400_000);
  const rows = openRows(table, storedFindingSchema, {
    listing: ({ finding, foundAt }) => ({ list: "findings", order: `${foundAt}#${finding.id}` }),
    expiresAt,
  });

  /** Before the finding itself, so that no finding is without one. */
  async function point({ source, finding }: Omit<StoredFinding, "foundAt">, foundAt: string): Promise<void> {
    const pointers = openRows(table, pointerSchema, { expiresAt: () => expiresAt({ foundAt }) });
    await wasFirst(pointers.put(pointerKey(source, finding), 0, { value: { findingId: finding.id } }));
  }

  async function get(id: string): Promise<StoredFinding | null> {
    return (await rows.get(keyOf(id)))?.value ?? null;
  }

  return {
    async record(step, event) {
      const { finding } = step;
      const { occurredAt } = event.detail;
      if (finding.revision === 1 || !(await get(finding.id))) await point(step, occurredAt);
      await rows.change(keyOf(finding.id), (stored) => {
        if (stored && isOver(stored.value.finding, finding.revision)) return null;
        const foundAt = stored?.value.foundAt ?? occurredAt;
        const value = { ...stored?.value, ...step, finding: keepingEvidence(finding, stored?.value.finding), foundAt };
        return { value, outbox: [{ event }] };
      });
    },
    async illustrate(id, evidence) {
      await rows.change(keyOf(id), (stored) => {
        if (!stored) return null;
        const { finding } = stored.value;
        const joined = joinEvidence(finding.evidence ?? [], evidence);
        if (joined.length === (finding.evidence?.length ?? 0)) return null;
        return { value: { ...stored.value, finding: { ...finding, evidence: joined } } };
      });
    },
    async dismiss(id, by, at) {
      await rows.change(keyOf(id), (stored) =>
        stored && !stored.value.dismissed
          ? { value: { ...stored.value, dismissed: { at: at.toISOString(), by } } }
          : null,
      );
    },
    get,
    async list(page) {
      const { items, next } = await rows.list("findings", page);
      return { items: items.map(({ value }) => value), next };
    },
    async of(source, page) {
      const pointers = openRows(table, pointerSchema);
      const { items, next } = await pointers.query(partitionOf(source), { ...page, prefix: "finding#" });
      const found = await Promise.all(items.map(({ value }) => get(value.findingId)));
      return { items: found.filter((finding) => finding !== null), next };
    },
  };
}

function isOver(stored: Finding, revision: number): boolean {
  return stored.endSeconds !== null || stored.revision >= revision;
}

/** What was added beside its steps, such as a clip, stays. */
function keepingEvidence(finding: Finding, stored: Finding | undefined): Finding {
  return stored?.evidence ? { ...finding, evidence: joinEvidence(finding.evidence ?? [], stored.evidence) } : finding;
}

function keyOf(id: string): RowKey {
  return { partition: `finding#${id}`, sort: "finding" };
}

function partitionOf({ type, id }: StoredFinding["source"]): string {
  return `${type}#${id}`;
}

/** Ten digits of seconds are three centuries: texts sort as the numbers do. */
function pointerKey(source: StoredFinding["source"], { id, startSeconds }: Finding): RowKey {
  return { partition: partitionOf(source), sort: `finding#${startSeconds.toFixed(3).padStart(14, "0")}#${id}` };
}
