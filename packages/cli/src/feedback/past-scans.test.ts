import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeEvent } from "@glasswatch/core/events/make-event";
import type { Finding } from "@glasswatch/core/finding";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readPastScans } from "./past-scans.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "glasswatch-past-"));
});
afterEach(() => rm(folder, { recursive: true }));

function finding(id: string, endSeconds: number | null): Finding {
  return {
    id,
    kind: "still-lake",
    subject: { media: "video", track: 0 },
    startSeconds: 3,
    endSeconds,
    severity: "minor",
    confidence: 1,
    measurements: [],
    revision: endSeconds === null ? 1 : 2,
  };
}

function eventLine(detailType: "finding.opened" | "finding.closed", data: Finding): string {
  const event = makeEvent({
    detailType,
    streamId: "channel-5",
    entityId: data.id,
    revision: data.revision,
    occurredAt: new Date("2026-03-01T12:34:56Z"),
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    data,
  });
  return `${JSON.stringify(event)}\n`;
}

function scanOf(input: string, findings: readonly Finding[]): string {
  const result = { input, durationSeconds: 60, complete: true, error: null, video: null, audio: [], detectors: [] };
  return JSON.stringify({ schemaVersion: 1, results: [{ ...result, findings }] });
}

test("a folder holds scans and what was watched; what was told last of a finding counts", async () => {
  const watched = [
    eventLine("finding.opened", finding("a", null)),
    eventLine("finding.closed", finding("a", 9)),
    '{"detail-type":"stream.dreamt"}\n',
    eventLine("finding.opened", finding("b", null)).slice(0, 80),
  ];
  await writeFile(join(folder, "monday.json"), watched.join(""));
  await writeFile(join(folder, "tuesday.json"), scanOf("film.mp4", [finding("c", 5)]));
  await writeFile(join(folder, "wednesday.json"), scanOf("film.mp4", [finding("c", 6)]));
  await writeFile(join(folder, "feedback.jsonl"), "{}\n");
  const { inputs, findings } = await readPastScans(["."], folder);
  expect(inputs).toBe(2);
  expect([...findings.values()].map((own) => [own.input, own.durationSeconds, own.finding.endSeconds])).toEqual([
    ["channel-5", null, 9],
    ["film.mp4", 60, 6],
  ]);
});

test("a folder without any is told", async () => {
  await expect(readPastScans(["."], folder)).rejects.toThrow(".: no .json file is in this folder");
});
