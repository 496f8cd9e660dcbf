import type { Incident } from "@glasswatch/core/incident";
import { severities } from "@glasswatch/core/severity";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleIncident, samplePart } from "../../../../test/support/sample-incident.ts";
import { septetsOf, shortened, toGsm7 } from "./gsm7.ts";
import { bundleText, incidentText, resolvedText, subjectOf } from "./incident-text.ts";

const ann = { timeZone: "Europe/Berlin", mayCommand: true };
const bob = { timeZone: null, mayCommand: false };

const link = `https://glasswatch.example/i/12.${"S".repeat(22)}.g16`;

function subject(incident: Partial<Incident> = {}, stream = "Channel 5", to: string | null = null) {
  return subjectOf(sampleIncident({ openedAt: "2030-01-01T13:02:41.000Z", ...incident }), { stream, link: to });
}

describe("a message says it all", () => {
  const parts = [
    samplePart({ kind: "audio-silence", severity: "major" }),
    samplePart({ id: "f2", kind: "black-picture", severity: "critical" }),
    samplePart({ id: "f3", kind: "loudness", severity: "critical", open: false }),
  ];
  const worse = subject({ severity: "critical", parts, streamIds: ["a", "b", "c"] });
  const long = subject(
    { severity: "critical" },
    "contribution-feed-of-the-northern-regional-studio-".repeat(4).concat("hd"),
  );
  test.each([
    [incidentText(subject(), "opened", ann), "MAJOR #12 frozen-picture: Channel 5, since 14:02. Reply ACK 12"],
    [incidentText(subject(), "opened", bob), "MAJOR #12 frozen-picture: Channel 5, since 13:02 UTC."],
    [
      incidentText(subject({}, "Channel 5", link), "opened", ann),
      `MAJOR #12 frozen-picture: Channel 5, since 14:02. ${link} Reply ACK 12`,
    ],
    [
      incidentText(subject({}, "Channel 5", link.replace("glasswatch", "g".repeat(80))), "opened", bob),
      "MAJOR #12 frozen-picture: Channel 5, since 13:02 UTC.",
    ],
    [
      incidentText(worse, "worsened", ann),
      "WORSE CRITICAL #12 black-picture+1: Channel 5 +2 more, since 14:02. Reply ACK 12",
    ],
    [
      incidentText(long, "escalated", ann),
      "ESCALATED CRITICAL #12 frozen-picture: contribution-feed-of-the-northern-regional-stu..bution-feed-of-the-northern-regional-studio-hd, since 14:02. Reply ACK 12",
    ],
    [
      resolvedText(subject({ resolvedAt: "2030-01-01T13:14:40.000Z" })),
      "OK #12 frozen-picture: Channel 5, after 12 min.",
    ],
    [
      bundleText(
        [
          { ...worse, over: false },
          { ...subject({ number: 13 }, "Kanal Ö – Süd"), over: true },
        ],
        ann,
      ),
      "CRIT #12 black-picture Channel 5; OK #13 frozen-picture Kanal Ö - Süd. Reply STATUS",
    ],
    [
      bundleText(
        Array.from({ length: 40 }, (_, index) => ({ ...subject({ number: index }), over: false })),
        ann,
      ),
      "MAJ #0 frozen-picture Channel 5; MAJ #1 frozen-picture Channel 5; MAJ #2 frozen-picture Channel 5; MAJ #3 frozen-picture Channel 5; 36 more. Reply STATUS",
    ],
  ])("%s", (text, expected) => {
    expect(text).toBe(expected);
  });
});

test.each([
  ["Café “Łódź” – 5 € …", 'Café "Lodz" - 5 € ...'],
  ["Канал 5", "????? 5"],
  ["a\u0301\u200b\u00a0b🎬ﬁ", "a b?fi"],
])("%s is written %s", (name, written) => {
  expect(toGsm7(name)).toBe(written);
});

test("no message is longer than one holds, whatever its names are; a number, and how to answer, are never cut", () => {
  const name = fc.oneof(fc.string({ maxLength: 300, unit: "grapheme" }), fc.stringMatching(/^[\^{}[\]~|€ab]{0,200}$/));
  const incidents = fc.array(
    fc.record({
      number: fc.integer({ min: 1, max: 999_999_999 }),
      severity: fc.constantFrom(...severities),
      kinds: fc.array(name, { maxLength: 3 }),
      stream: name,
      furtherStreams: fc.nat(100_000),
      openedAt: fc.constant("2030-01-01T13:02:41.000Z"),
      resolvedAt: fc.option(fc.constant("2030-04-01T13:02:41.000Z")),
      over: fc.boolean(),
      link: fc.option(fc.nat(90).map((length) => `https://${"g".repeat(length)}.example/i/1`)),
    }),
    { minLength: 1, maxLength: 30 },
  );
  const what = fc.constantFrom("opened", "escalated", "repair-failed", "acknowledgement-expired" as const);
  fc.assert(
    fc.property(incidents, what, fc.constantFrom(ann, bob), (bundle, news, reader) => {
      const [first] = bundle;
      if (!first) return;
      const told = incidentText(first, news, reader);
      const over = resolvedText(first);
      for (const text of [told, over, bundleText(bundle, reader)]) {
        expect(septetsOf(text)).toBeLessThanOrEqual(160);
        expect(toGsm7(text)).toBe(text);
      }
      expect(told).toContain(`#${first.number} `);
      if (reader.mayCommand) expect(told.endsWith(`Reply ACK ${first.number}`)).toBe(true);
      expect(over.startsWith(`OK #${first.number} `)).toBe(true);
    }),
  );
});

test("a name that is cut keeps both of its ends", () => {
  expect(shortened("bbc-one-london-hd", 12)).toBe("bbc-o..on-hd");
  expect(shortened("[[[[[[", 7)).toBe("[..[");
});
