import { EventEmitter, once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { packetSchedule, type ScheduledPacket } from "./packet-schedule.ts";
import { openPausableClock } from "./pausable-clock.ts";

export interface LiveServerSetup {
  /** A transport stream, served as `/live.ts`: whoever comes gets what is sent from then on. */
  readonly stream?: string;
  /** A playlist with an end, served as `/live.m3u8`: segment after segment, of which the last few are listed. */
  readonly playlist?: string;
}

/** A source that is live: it begins when it is first asked for, and goes on whether or not somebody listens. */
export interface LiveServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** How far the source is. */
  readonly seconds: number;
  /** Sends nothing more until `go`, at once or from so far on; connections stand. */
  hold(atSeconds?: number): void;
  go(): void;
  /** Breaks all connections. */
  cut(): void;
  /** Resolves once the stream was asked for so many times. */
  connected(times: number): Promise<void>;
  close(): Promise<void>;
}

interface Segment {
  readonly file: string;
  readonly fromSeconds: number;
  readonly durationSeconds: number;
}

const listedSegments = 4;
const tickMs = 20;

export async function startLiveServer({ stream, playlist }: LiveServerSetup): Promise<LiveServer> {
  const clock = openPausableClock();
  const bytes = stream === undefined ? new Uint8Array() : await readFile(stream);
  const packets = stream === undefined ? [] : await packetSchedule(stream);
  const segments = playlist === undefined ? [] : await segmentsOf(playlist);
  const folder = dirname(playlist ?? "");
  const responses = new Set<ServerResponse>();
  const arrivals = new EventEmitter();
  let streamed = 0;

  const server = createServer(async (request, response) => {
    responses.add(response);
    response.once("close", () => responses.delete(response));
    const path = request.url ?? "/";
    const segment = segments.find(({ file }) => `/${file}` === path);
    if (path === "/live.ts") {
      clock.start();
      arrivals.emit("stream", ++streamed);
      await send(response);
    } else if (path === "/live.m3u8") {
      clock.start();
      response.end(listed(segments, clock.seconds));
    } else if (segment) {
      response.end(await readFile(join(folder, segment.file)));
    } else response.writeHead(404).end();
  });

  async function send(response: ServerResponse): Promise<void> {
    response.writeHead(200, { "content-type": "video/mp2t" });
    let next = joinAt(packets, clock.seconds);
    while (next < packets.length && !response.destroyed) {
      const first = next;
      while ((packets[next]?.dueSeconds ?? Number.POSITIVE_INFINITY) <= clock.seconds) next++;
      // What stands before the first packet of the file belongs to it.
      const from = first === 0 ? 0 : packets[first]?.offsetBytes;
      if (next > first) response.write(bytes.subarray(from, packets[next]?.offsetBytes));
      await wait(tickMs);
    }
    response.end();
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get seconds() {
      return clock.seconds;
    },
    hold: clock.hold,
    go: clock.go,
    cut() {
      for (const response of responses) response.destroy();
    },
    async connected(times) {
      while (streamed < times) await once(arrivals, "stream");
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Index of the packet that is due next. */
function joinAt(packets: readonly ScheduledPacket[], seconds: number): number {
  const index = packets.findIndex(({ dueSeconds }) => dueSeconds >= seconds);
  return index < 0 ? packets.length : index;
}

async function segmentsOf(playlist: string): Promise<readonly Segment[]> {
  const lines = (await readFile(playlist, "utf8")).split("\n");
  const segments: Segment[] = [];
  let fromSeconds = 0;
  for (const [index, line] of lines.entries()) {
    const durationSeconds = Number(/^#EXTINF:([\d.]+)/.exec(line)?.[1]);
    if (Number.isNaN(durationSeconds)) continue;
    segments.push({ file: basename(lines[index + 1] ?? ""), fromSeconds, durationSeconds });
    fromSeconds += durationSeconds;
  }
  return segments;
}

/** The playlist as it stands after so many seconds: what has begun to be made is listed when it is whole. */
function listed(segments: readonly Segment[], seconds: number): string {
  const whole = segments.filter(({ fromSeconds, durationSeconds }) => fromSeconds + durationSeconds <= seconds);
  const available = whole.length === 0 ? segments.slice(0, 1) : whole;
  const window = available.slice(-listedSegments);
  return [
    "#EXTM3U",
    "#EXT-X-VERSION:3",
    `#EXT-X-TARGETDURATION:${Math.ceil(Math.max(...segments.map(({ durationSeconds }) => durationSeconds)))}`,
    `#EXT-X-MEDIA-SEQUENCE:${available.length - window.length}`,
    ...window.flatMap(({ file, durationSeconds }) => [`#EXTINF:${durationSeconds},`, file]),
    ...(available.length === segments.length ? ["#EXT-X-ENDLIST"] : []),
    "",
  ].join("\n");
}
