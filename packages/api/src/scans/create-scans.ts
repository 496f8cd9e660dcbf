import { maskUrl } from "@glasswatch/core/net/mask-url";
import { queuedScan, type Scan } from "@glasswatch/core/state/scans";
import type { ApiParts } from "../api-parts.ts";
import { createOnce } from "../http/create-once.ts";
import type { NewId } from "../http/once.ts";
import { assertProfileExists } from "../profiles/profile-name.ts";
import type { ScanRequest } from "./scan-schemas.ts";

/** Writes on their way at the same time. */
const concurrency = 50;

/**
 * Queues a scan for each request, in their order.
 *
 * @param pointerOf where in the body a request stands, as a JSON Pointer
 */
export async function createScans(
  parts: ApiParts,
  asked: readonly ScanRequest[],
  { newId, pointerOf }: { readonly newId: NewId; readonly pointerOf: (index: number) => string },
): Promise<readonly Scan[]> {
  await assertProfiles(parts, asked, pointerOf);
  const scans = asked.map((request, index) => scanOf(request, newId(index), parts));
  const created: Scan[] = [];
  for (let from = 0; from < scans.length; from += concurrency) {
    created.push(...(await Promise.all(scans.slice(from, from + concurrency).map((scan) => create(parts, scan)))));
  }
  return created;
}

async function create({ scans }: ApiParts, scan: Scan): Promise<Scan> {
  const { value } = await createOnce(
    () => scans.create(scan),
    () => scans.get(scan.id),
  );
  return value;
}

async function assertProfiles(
  { profiles }: ApiParts,
  asked: readonly ScanRequest[],
  pointerOf: (index: number) => string,
): Promise<void> {
  const names = asked.map(({ profile }) => profile);
  for (const name of new Set(names)) {
    await assertProfileExists(profiles, name, `${pointerOf(names.indexOf(name))}/profile`);
  }
}

function scanOf({ url, profile, tier, streamId }: ScanRequest, id: string, { groups, now }: ApiParts): Scan {
  const order = { profile: profile ?? null, tier: tier ?? "full", streamId: streamId ?? null };
  return queuedScan({ id, url, input: maskUrl(url), ...order, groups, at: now() });
}
