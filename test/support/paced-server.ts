import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { packetSchedule, type ScheduledPacket } from "./packet-schedule.ts";

/** One answer to one client, under way or over. */
export interface Delivery {
  readonly path: string;
  /** When the packet was handed to the network whole, in milliseconds since the epoch; undefined until then. */
  sentAtMs(packet: ScheduledPacket): number | undefined;
}

export interface PacedServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** Every answer so far, in order. */
  readonly deliveries: readonly Delivery[];
  /** The packets of what a path answers. */
  packets(path: string): readonly ScheduledPacket[];
  close(): Promise<void>;
}

interface Programme {
  readonly bytes: Uint8Array;
  readonly packets: readonly ScheduledPacket[];
}

/**
 * Serves transport streams as a live source does: each client gets the file from its start, every packet when it is due
 * and not before, over plain HTTP without a length. A client that does not keep up is waited for: nothing is left out.
 *
 * @param files the file that each path answers, such as `{ "/one.ts": "/tmp/clip.ts" }`
 */
export async function startPacedServer(files: Readonly<Record<string, string>>): Promise<PacedServer> {
  const programmes = new Map<string, Programme>();
  const byFile = new Map<string, Programme>();
  for (const [path, file] of Object.entries(files)) {
    const programme = byFile.get(file) ?? { bytes: await readFile(file), packets: await packetSchedule(file) };
    byFile.set(file, programme);
    programmes.set(path, programme);
  }
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const programme = programmes.get(path);
    response.writeHead(programme ? 200 : 404, { "content-type": programme ? "video/mp2t" : "text/plain" });
    if (!programme || request.method === "HEAD") return void response.end();
    const sentAtMs = new Map<ScheduledPacket, number>();
    deliveries.push({ path, sentAtMs: (packet) => sentAtMs.get(packet) });
    void deliver(programme, response, sentAtMs);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    deliveries,
    packets: (path) => programmes.get(path)?.packets ?? [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function deliver(
  { bytes, packets }: Programme,
  response: ServerResponse,
  sentAtMs: Map<ScheduledPacket, number>,
): Promise<void> {
  const startedMs = performance.now();
  for (let next = 0; next < packets.length && !response.destroyed; ) {
    const passedSeconds = (performance.now() - startedMs) / 1000;
    const first = next;
    while ((packets[next]?.dueSeconds ?? Number.POSITIVE_INFINITY) <= passedSeconds) next++;
    const untilSeconds = packets[next]?.dueSeconds ?? passedSeconds;
    if (next > first) {
      // What stands before the first packet belongs to it.
      const from = first === 0 ? 0 : packets[first]?.offsetBytes;
      response.write(bytes.subarray(from, packets[next]?.offsetBytes));
      for (const packet of packets.slice(first, next)) sentAtMs.set(packet, Date.now());
    }
    await wait(Math.max(1, (untilSeconds - passedSeconds) * 1000));
  }
  response.end();
}
