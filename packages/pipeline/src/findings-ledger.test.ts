import type { Detection } from "@glasswatch/core/detector";
import { findingSchema } from "@glasswatch/core/finding";
import { expect, test } from "vitest";
import { openFindingsLedger } from "./findings-ledger.ts";

const entry = { kind: "audio-silence", subject: { media: "audio", track: 1 }, severity: undefined } as const;

function detection(fields: Partial<Detection>): Detection {
  return {
    state: "opened",
    startSeconds: 4,
    endSeconds: null,
    severity: "minor",
    confidence: 1,
    measurements: [],
    ...fields,
  };
}

test("a defect keeps its id from opening to closing, and each step is a revision", () => {
  const ledger = openFindingsLedger({ input: "a.mp4", ignore: [] });
  const steps = [
    detection({}),
    detection({ state: "updated", severity: "major" }),
    detection({ state: "closed", endSeconds: 16.0004 }),
  ].map((step) => ledger.record(entry, step));
  expect(steps.map((finding) => finding?.revision)).toEqual([1, 2, 3]);
  expect(new Set(steps.map((finding) => finding?.id)).size).toBe(1);
  expect(steps.at(-1)).toMatchObject({ kind: "audio-silence", startSeconds: 4, endSeconds: 16 });
  expect(() => findingSchema.parse(steps.at(-1))).not.toThrow();
});

test("two channels, two defects after one another and two inputs have ids of their own", () => {
  const ledger = openFindingsLedger({ input: "a.mp4", ignore: [] });
  const other = openFindingsLedger({ input: "b.mp4", ignore: [] });
  const findings = [
    ledger.record(entry, detection({ channel: 0 })),
    ledger.record(entry, detection({ channel: 1 })),
    ledger.record(entry, detection({ state: "closed", endSeconds: 6 })),
    ledger.record(entry, detection({ startSeconds: 9 })),
    other.record(entry, detection({ startSeconds: 9 })),
  ];
  expect(new Set(findings.map((finding) => finding?.id)).size).toBe(5);
  expect(findings[1]?.subject).toEqual({ media: "audio", track: 1, channel: 1 });
});

test("scanning the same input again gives the same ids", () => {
  const ids = [1, 2].map(() => openFindingsLedger({ input: "a.mp4", ignore: [] }).record(entry, detection({}))?.id);
  expect(ids[0]).toBe(ids[1]);
});

test("the profile's severity replaces the detector's", () => {
  const ledger = openFindingsLedger({ input: "a.mp4", ignore: [] });
  expect(ledger.record({ ...entry, severity: "info" }, detection({ severity: "critical" }))?.severity).toBe("info");
});

const ignored = [
  { span: [4, 9], told: false, why: "wholly inside" },
  { span: [3, 9], told: true, why: "begins before" },
  { span: [4, 11], told: true, why: "ends after" },
  { span: [12, 14], told: true, why: "elsewhere" },
] as const;

test.each(ignored)(
  "a finding that lies $why of an ignored span is told: $told",
  ({ span: [startSeconds, endSeconds], told }) => {
    const ledger = openFindingsLedger({ input: "a.mp4", ignore: [{ fromSeconds: 4, toSeconds: 10 }] });
    ledger.record(entry, detection({ startSeconds }));
    const closed = ledger.record(entry, detection({ state: "closed", startSeconds, endSeconds }));
    expect(closed !== undefined).toBe(told);
  },
);
