import { openLeases } from "@glasswatch/core/state/leases";
import { openStreams, type Stream } from "@glasswatch/core/state/streams";
import { afterAll, expect, test } from "vitest";
import { openDeployment } from "../../../test/support/aws/open-deployment.ts";

const deployment = await openDeployment();
const { handler } = await import("./reconcile.ts");
const leases = openLeases(deployment.ports.table, () => new Date());
afterAll(() => deployment.close());

function streamOf(id: string, change: Partial<Stream> = {}): Stream {
  return {
    ...{ id, name: id, url: "https://example.com/live.m3u8", kind: "live", profile: null, tier: "full", labels: {} },
    ...{ sourceId: null, ladderId: null, outputUrl: null, failover: [], groups: ["all"], paused: false, run: 1 },
    createdAt: "2026-03-01T12:00:00Z",
    ...change,
  };
}

test("a wanted stream that nobody watches gets a lease that is free; others stay as they are", async () => {
  const streams = openStreams(deployment.ports.table);
  await streams.create(streamOf("lost"));
  await streams.create(streamOf("paused", { paused: true }));
  await streams.create(streamOf("watched"));
  await streams.create(streamOf("begun-anew", { run: 2 }));
  await streams.create(streamOf("over"));
  await leases.claim("watched", "all", { owner: "w1", run: 1 });
  await (await leases.claim("begun-anew", "all", { owner: "w1", run: 1 }))?.change(over);
  await (await leases.claim("over", "all", { owner: "w1", run: 1 }))?.change(over);
  const watched = await leases.get("watched", "all");

  for (const _ of ["once", "and again"]) {
    await handler();
    const { items } = await leases.free({ limit: 10 });
    expect(items.map(({ streamId, run }) => [streamId, run]).toSorted()).toEqual([
      ["begun-anew", 2],
      ["lost", 1],
    ]);
    expect(await leases.get("watched", "all")).toEqual(watched);
  }
  expect(await leases.claim("lost", "all", { owner: "w2", run: 1 })).not.toBeNull();
});

function over<Lease>(lease: Lease): Lease {
  return { ...lease, owner: null, ended: true };
}
