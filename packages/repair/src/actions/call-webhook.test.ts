import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { expect, onTestFinished, test } from "vitest";
import { openRepairWorld } from "../testing/repair-world.ts";

const secret = `whsec_${Buffer.from("a secret of thirty-two characters").toString("base64")}`;

/** Something of the owner's: what it was asked that was signed, and answers in turn; null for none. */
async function startPackager(...answers: readonly (number | null)[]) {
  const asked: unknown[] = [];
  const left = [...answers];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { "webhook-id": id } = request.headers;
    asked.push({ id, content: new Webhook(secret).verify(body, request.headers as Record<string, string>) });
    const status = left.shift() ?? null;
    if (status === null) request.socket.destroy();
    else response.writeHead(status).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { asked, endpoint: { url: `http://127.0.0.1:${port}/restart`, secret, allowPrivate: true } };
}

const policy = { mode: "auto", actions: [{ action: "call-webhook", options: { endpoint: "packager" } }] } as const;

async function repairedBy(packager: Awaited<ReturnType<typeof startPackager>>, options: object = {}) {
  const actions = [{ ...policy.actions[0], options: { ...policy.actions[0].options, ...options } }];
  const world = await openRepairWorld({ ...policy, actions }, { endpoints: { packager: packager.endpoint } });
  await world.addStream({ labels: { site: "north" } });
  return world;
}

test("a signed request names the repair, again the same; what the stream's address is it does not tell", async () => {
  const packager = await startPackager(503, 204);
  const world = await repairedBy(packager);
  await world.incident();
  const [repair] = await world.repairs();
  const content = {
    ...{ schemaVersion: 1, repairId: repair?.id, incidentId: "incident of channel-5", kind: "frozen-picture" },
    requestedAt: repair?.requestedAt,
    stream: { id: "channel-5", name: "Channel 5", labels: { site: "north" } },
  };
  expect(packager.asked).toEqual([1, 2].map(() => ({ id: repair?.id, content })));
  expect(repair).toMatchObject({ status: "verifying", reversible: false });
});

test("who refuses has not repaired", async () => {
  const world = await repairedBy(await startPackager(409));
  await world.incident();
  expect(await world.repairs()).toMatchObject([{ status: "failed" }]);
  expect((await world.repairs())[0]?.log.at(-1)?.text).toBe("packager answered 409");
});

test.each([
  { mayRepeat: true, status: "verifying", calls: 2 },
  { mayRepeat: false, status: "failed", calls: 1 },
])("whoever is killed after the call: done again is $mayRepeat", async ({ mayRepeat, status, calls }) => {
  const packager = await startPackager(204, 204);
  const world = await repairedBy(packager, { mayRepeat });
  const { table } = world.setup.ports;
  const { write } = table;
  Object.assign(table, {
    write: async (row: Parameters<typeof write>[0]) => {
      if (row.value["status"] !== "verifying") return write(row);
      Object.assign(table, { write });
      throw new Error("killed");
    },
  });
  await expect(world.incident()).rejects.toThrow("killed");
  await world.handleTold();
  await world.wait(91);
  expect(await world.repairs()).toMatchObject([{ status }]);
  expect(packager.asked).toHaveLength(calls);
});
