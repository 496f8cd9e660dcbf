import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSmsCommand, type SmsRequest } from "./parse-command.ts";

const cases: readonly (readonly [string, SmsRequest])[] = [
  ["STATUS", { name: "status" }],
  ["  status?!\n", { name: "status" }],
  ["help", { name: "help" }],
  ["?", { name: "help" }],
  ["ACK 12", { name: "acknowledge", incident: 12 }],
  ["ack #12", { name: "acknowledge", incident: 12 }],
  ["Ack   # 12 ", { name: "acknowledge", incident: 12 }],
  ["ack12", { name: "acknowledge", incident: 12 }],
  ["ACK#12 30m", { name: "acknowledge", incident: 12, minutes: 30 }],
  ["ACK 12 1H 30 M", { name: "acknowledge", incident: 12, minutes: 90 }],
  ["ACK 12 1h30m", { name: "acknowledge", incident: 12, minutes: 90 }],
  ["ACK 12 1h 30m", { name: "acknowledge", incident: 12, minutes: 90 }],
  ["MUTE channel5 1H", { name: "silence", stream: "channel5", minutes: 60 }],
  ["mute Channel 5 2d", { name: "silence", stream: "Channel 5", minutes: 2880 }],
  [
    "MUTE channel5 1h 30m Black-Picture, frozen-picture",
    { name: "silence", stream: "channel5", minutes: 90, kinds: ["black-picture", "frozen-picture"] },
  ],
  ["REPORT Channel 5 HD", { name: "report", stream: "Channel 5 HD" }],
  ["repair 12", { name: "repair", incident: 12 }],
  ["REPAIR 12 switch-source", { name: "repair", incident: 12, action: "switch-source" }],
  ["approve 12", { name: "approve", incident: 12 }],
  ["Reject #12.", { name: "reject", incident: 12 }],
];

test.each(cases)("%j", (text, request) => {
  expect(parseSmsCommand(text)).toEqual(request);
});

test.each([
  ["", /Not understood/],
  ["thanks!", /Not understood/],
  ["constructor", /Not understood/],
  ["ACK", /ACK which incident/],
  ["ACK 0", /ACK which incident/],
  ["ACK 12 soon", /ACK 12 for how long/],
  ["MUTE channel5", /MUTE which stream, for how long/],
  ["MUTE 1H", /MUTE which stream, for how long/],
  ["MUTE channel5 999d", /MUTE which stream, for how long/],
  ["REPORT", /REPORT which stream/],
  ["APPROVE", /APPROVE the repair of which incident/],
])("%j is answered by what would be clear", (text, why) => {
  const request = parseSmsCommand(text);
  expect(request).toEqual({ name: "unclear", why: expect.stringMatching(why) });
  if (request.name === "unclear") expect(request.why.length).toBeLessThanOrEqual(160);
});

test("whatever somebody types is a request that can be acted upon, or a line that helps", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "ack",
      "MUTE",
      "report",
      "Repair",
      "approve",
      "status",
      "#",
      "12",
      "#7",
      "30m",
      "1h30m",
      "9999999d",
    ),
    fc.string({ unit: "grapheme" }),
  );
  const typed = fc.array(word, { maxLength: 8 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(fc.oneof(typed, fc.string({ unit: "binary", maxLength: 200 })), (text) => {
      const request = parseSmsCommand(text);
      if ("incident" in request) expect(request.incident).toBeGreaterThan(0);
      if ("minutes" in request && request.minutes !== undefined) {
        expect(Number.isInteger(request.minutes)).toBe(true);
        expect(request.minutes).toBeGreaterThan(0);
      }
      if ("stream" in request) expect(request.stream.trim()).not.toBe("");
    }),
    { numRuns: 300 },
  );
});
