import { z } from "zod";
import { findingSchema } from "../finding.ts";
import { ConflictError } from "../ports/errors.ts";
import { pagesOf } from "../ports/pages.ts";
import type { Page, PageRequest, RowKey, Table } from "../ports/table.ts";
import { wasFirst } from "../ports/was-first.ts";
import { openRows, type Rows, type Stored } from "./rows.ts";

export interface LeaseTerms {
  /** A lease that is not renewed for so long is free. */
  readonly leaseSeconds: number;
  /** How often its owner renews it. */
  readonly renewSeconds: number;
}

export const leaseTerms: LeaseTerms = { leaseSeconds: 30, renewSeconds: 10 };

/** The right to watch one stream with the detectors of one group. */
export const leaseSchema = z.object({
  streamId: z.string(),
  group: z.string(),
  /** The worker that watches; null while nobody does. */
  owner: z.string().nullable(),
  /** Counts the owners, from 1. */
  epoch: z.int().positive(),
  /** The stream's `run` that is watched. */
  run: z.int().positive(),
  expiresAt: z.iso.datetime(),
  /** Its owner goes soon and watches until another is ready. */
  handingOver: z.boolean(),
  /** The source is over, or nobody could make use of it: there is nothing more to watch in this run. */
  ended: z.boolean(),
  /** When the stream's own time was zero; null until it was opened. */
  startedAt: z.iso.datetime().nullable(),
  /** Those that are open, and those whose last step may not have got into its row. Whoever is next owner takes them up. */
  findings: z.array(findingSchema),
});

export type Lease = z.infer<typeof leaseSchema>;

/** Somebody else watches the stream by now, or nobody is to. What one was about to write is not to be written. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";

  constructor(streamId: string, group: string) {
    super(`the lease of stream ${streamId} for group ${group} is another's`);
  }
}

/** A lease in the hand of its owner. Its changes are written one after the other. */
export interface HeldLease {
  readonly current: Lease;
  /** @throws LeaseLostError where it is another's by now */
  change(decide: (lease: Lease) => Lease): Promise<void>;
  /** From here on it holds for as long as a new one. @throws LeaseLostError where it is another's by now */
  renew(decide: (lease: Lease) => Lease): Promise<void>;
}

export interface Claimant {
  readonly owner: string;
  readonly run: number;
}

export interface Leases {
  get(streamId: string, group: string): Promise<Lease | null>;
  /** Null where it is another's, or where there is nothing more to watch. */
  claim(streamId: string, group: string, claimant: Claimant): Promise<HeldLease | null>;
  /** Makes a lease that is free where there is none of this run. @returns whether there was none */
  offer(streamId: string, group: string, run: number): Promise<boolean>;
  /** Those that nobody holds any more and that somebody should. */
  free(page: PageRequest): Promise<Page<Lease>>;
  /** When the first of those that are held runs out, unless it is renewed before; null where none is held. */
  nextExpiry(): Promise<Date | null>;
  /** Those of a worker that is known to be gone are free at once. */
  freeAllOf(owner: string): Promise<void>;
  /** Of a stream that is gone: nobody needs to look at it again. One that is held is left to its owner, who concludes it. */
  discard(streamId: string, group: string): Promise<void>;
}

export function openLeases(table: Table, now: () => Date, { leaseSeconds }: LeaseTerms = leaseTerms): Leases {
  const rows = openRows(table, leaseSchema, {
    listing: ({ streamId, group, expiresAt, ended }) =>
      ended ? undefined : { list: "leases", order: `${expiresAt}#${streamId}#${group}` },
  });

  const expiry = () => new Date(now().getTime() + leaseSeconds * 1000).toISOString();

  function isHeld({ owner, expiresAt }: Lease): boolean {
    return owner !== null && Date.parse(expiresAt) > now().getTime();
  }

  function isTaken(lease: Lease): boolean {
    return isHeld(lease) && !lease.handingOver;
  }

  async function release(lease: Lease): Promise<void> {
    await rows.change(keyOf(lease.streamId, lease.group), (stored) =>
      stored?.value.epoch === lease.epoch
        ? { value: { ...stored.value, owner: null, expiresAt: now().toISOString() } }
        : null,
    );
  }

  return {
    get: async (streamId, group) => (await rows.get(keyOf(streamId, group)))?.value ?? null,
    async claim(streamId, group, { owner, run }) {
      const key = keyOf(streamId, group);
      const stored = await rows.get(key);
      const known = stored?.value;
      if (known && (known.run === run ? known.ended || isTaken(known) : known.run > run)) return null;
      const again = known?.run === run ? known : undefined;
      const value: Lease = {
        ...{ streamId, group, owner, run, handingOver: false, ended: false },
        epoch: (known?.epoch ?? 0) + 1,
        expiresAt: expiry(),
        startedAt: again?.startedAt ?? null,
        findings: known?.findings ?? [],
      };
      try {
        return hold({ rows, key, claimed: await rows.put(key, stored?.version ?? 0, { value }), expiry });
      } catch (error) {
        if (error instanceof ConflictError) return null;
        throw error;
      }
    },
    async offer(streamId, group, run) {
      const key = keyOf(streamId, group);
      const stored = await rows.get(key);
      const known = stored?.value;
      // One of an older run is noticed by its owner; it is in nobody's way once it has ended or run out.
      if (known && (known.run >= run || isTaken(known))) return false;
      const value: Lease = {
        ...{ streamId, group, owner: null, run, handingOver: false, ended: false, startedAt: null },
        epoch: (known?.epoch ?? 0) + 1,
        expiresAt: now().toISOString(),
        findings: known?.findings ?? [],
      };
      await wasFirst(rows.put(key, stored?.version ?? 0, { value }));
      return true;
    },
    async free(page) {
      const { items, next } = await rows.list("leases", { ...page, below: now().toISOString() });
      return { items: items.map(({ value }) => value), next };
    },
    async nextExpiry() {
      const { items } = await rows.list("leases", { limit: 1, above: now().toISOString() });
      const [first] = items;
      return first ? new Date(first.value.expiresAt) : null;
    },
    async freeAllOf(owner) {
      for await (const stored of pagesOf((page) => rows.list("leases", page))) {
        for (const { value } of stored) if (value.owner === owner) await release(value);
      }
    },
    async discard(streamId, group) {
      const stored = await rows.get(keyOf(streamId, group));
      if (stored && !isHeld(stored.value)) await rows.remove(keyOf(streamId, group), stored.version);
    },
  };
}

interface Claimed {
  readonly rows: Rows<Lease>;
  readonly key: RowKey;
  readonly claimed: Stored<Lease>;
  /** Of what is renewed now. */
  expiry(): string;
}

function hold({ rows, key, claimed, expiry }: Claimed): HeldLease {
  const { owner, epoch } = claimed.value;
  let stored = claimed;
  let writing: Promise<unknown> = Promise.resolve();

  function decided(decide: (lease: Lease) => Lease) {
    return (latest: Stored<Lease> | null) => {
      if (latest?.value.epoch !== epoch || latest.value.owner !== owner) {
        throw new LeaseLostError(claimed.value.streamId, claimed.value.group);
      }
      return { value: decide(latest.value) };
    };
  }

  async function change(decide: (lease: Lease) => Lease): Promise<void> {
    const write = writing.then(async () => {
      stored = (await rows.change(key, decided(decide))) ?? stored;
    });
    writing = write.catch(() => {});
    await write;
  }

  return {
    get current() {
      return stored.value;
    },
    change,
    renew: (decide) => change((lease) => ({ ...decide(lease), expiresAt: expiry() })),
  };
}

function keyOf(streamId: string, group: string): RowKey {
  return { partition: `stream#${streamId}`, sort: `lease#${group}` };
}
