import { readFileSync } from "node:fs";
import { inputError } from "@glasswatch/core/errors";
import type { MediaReader } from "@glasswatch/core/media";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ByteSource, FetchedSource, SourceGroup, SourcePeriod } from "./byte-source.ts";
import { openFetched } from "./open-fetched.ts";
import { h264, openWorkshop, picture, tone } from "./testing/synthesise.ts";

const workshop = openWorkshop();
const { make, path } = workshop;

beforeAll(() => {
  make("first.ts", ...picture(2), ...tone(2), ...h264, "-c:a", "mp2");
  make("second.ts", ...picture(2), ...tone(2), ...h264, "-c:a", "mp2", "-output_ts_offset", "500");
  make("plain.mp4", "-i", path("first.ts"), "-c", "copy");
  make("picture.ts", "-i", path("first.ts"), "-map", "0:v", "-c", "copy");
  make("sound.aac", ...tone(2), "-c:a", "aac");
});

afterAll(() => workshop.remove());

interface Bytes {
  readonly name: string;
  readonly seekable?: boolean;
  /** The connection is lost after this share of the bytes. */
  readonly lostAfter?: number;
}

function bytesOf({ name, seekable = false, lostAfter }: Bytes): ByteSource {
  const all = readFileSync(path(name));
  const available = lostAfter === undefined ? all.length : Math.floor(all.length * lostAfter);
  let offset = 0;
  return {
    sizeBytes: seekable ? all.length : null,
    seekable,
    async read(maxBytes) {
      if (offset >= available && lostAfter !== undefined) throw inputError("connection-lost", `${name}: lost`);
      if (offset >= available) return null;
      const chunk = all.subarray(offset, Math.min(available, offset + maxBytes));
      offset += chunk.length;
      return chunk;
    },
    seek(target) {
      offset = target;
    },
    async close() {},
  };
}

type Part = Bytes & Partial<Omit<SourcePeriod, "bytes">>;

function source(...groups: readonly (readonly Part[])[]): FetchedSource {
  const open = (parts: readonly Part[]): SourceGroup => {
    const rest = [...parts];
    return {
      durationSeconds: 4,
      async nextPeriod() {
        const part = rest.shift();
        if (!part) return null;
        const { timeline = 0, startSeconds = 0, clockOffsetSeconds = 0, declaredDiscontinuity = false } = part;
        return { bytes: bytesOf(part), timeline, startSeconds, clockOffsetSeconds, declaredDiscontinuity };
      },
      async close() {},
    };
  };
  return { groups: groups.map(open), live: false, async close() {} };
}

async function drain(reader: MediaReader) {
  const times: Record<string, number[]> = {};
  const declared: number[] = [];
  let errorCode = "";
  try {
    for (let unit = await reader.next(); unit; unit = await reader.next()) {
      times[`${unit.kind}${unit.track}`] = [...(times[`${unit.kind}${unit.track}`] ?? []), unit.timeSeconds];
      if (unit.declaredDiscontinuity) declared.push(unit.timeSeconds);
    }
  } catch (error) {
    errorCode = error instanceof Error && "code" in error ? String(error.code) : "thrown";
  }
  await reader.close();
  return { times, declared, errorCode };
}

describe("fetched sources", () => {
  test.each([
    ["a transport stream", { name: "first.ts" }],
    ["a file that can be moved in", { name: "plain.mp4", seekable: true }],
  ])("%s is read as a local file is", async (_name, part) => {
    const outcome = await drain(await openFetched("input", source([part]), { allowPrivate: false }));
    expect(outcome.errorCode).toBe("");
    expect(outcome.times["picture0"]).toHaveLength(50);
    expect(outcome.times["picture0"]?.at(-1)).toBeCloseTo(1.96, 1);
  });

  test("time runs on over a declared discontinuity, and only that one is told", async () => {
    const parts = [
      { name: "first.ts" },
      { name: "second.ts", timeline: 1, startSeconds: 2, declaredDiscontinuity: true },
    ];
    const { times, declared } = await drain(await openFetched("input", source(parts), { allowPrivate: false }));
    const pictures = times["picture0"] ?? [];
    expect(pictures).toHaveLength(100);
    for (const [index, time] of pictures.entries()) expect(Math.abs(time - index / 25)).toBeLessThan(0.1);
    expect(declared).toHaveLength(2);
    for (const time of declared) expect(time).toBeCloseTo(2, 0);
  });

  test("a sound rendition without timestamps is placed by what its playlist or segment says", async () => {
    const groups = source([{ name: "picture.ts" }], [{ name: "sound.aac", clockOffsetSeconds: 1.4 }]);
    const reader = await openFetched("input", groups, { allowPrivate: false });
    expect(reader.info).toMatchObject({ video: { codec: "h264" }, audio: [{ track: 0, codec: "aac" }] });
    const { times } = await drain(reader);
    expect(times["picture0"]).toHaveLength(50);
    expect(Math.abs((times["picture0"]?.[0] ?? 9) - (times["sound0"]?.[0] ?? 0))).toBeLessThan(0.1);
  });

  test("what arrived before the connection was lost is handed out, then the loss is told", async () => {
    const lost = source([{ name: "first.ts", lostAfter: 0.7 }]);
    const outcome = await drain(await openFetched("input", lost, { allowPrivate: false }));
    expect(outcome.errorCode).toBe("connection-lost");
    expect(outcome.times["picture0"]?.length).toBeGreaterThan(20);
  });

  test("a range is cut out, though nothing can be skipped", async () => {
    const options = { allowPrivate: false, fromSeconds: 0.5, toSeconds: 1 };
    const { times } = await drain(await openFetched("input", source([{ name: "first.ts" }]), options));
    expect(times["picture0"]?.length).toBeGreaterThan(11);
    expect(times["picture0"]?.length).toBeLessThan(15);
  });

  test("an aborted signal ends the reading", async () => {
    const controller = new AbortController();
    const options = { allowPrivate: false, signal: controller.signal };
    const reader = await openFetched("input", source([{ name: "first.ts" }]), options);
    await reader.next();
    controller.abort();
    expect((await drain(reader)).errorCode).toBe("interrupted");
  });
});
