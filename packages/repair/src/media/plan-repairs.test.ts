import type { Finding } from "@glasswatch/core/finding";
import type { Profile } from "@glasswatch/core/profile";
import { repairPolicySchema } from "@glasswatch/core/repair";
import type { FileFacts, PictureFacts, SoundFacts } from "@glasswatch/media/packets/file-facts";
import { describe, expect, test } from "vitest";
import { type PlanRequest, planRepairs } from "./actions.ts";

const sound: SoundFacts = {
  ...{ track: 0, codec: "aac", channels: 2, sampleRate: 48_000, channelLayout: "stereo" },
  ...{ index: 1, startSeconds: 0, bitRate: 128_000, disposition: 1 },
};
const picture: PictureFacts = {
  ...{ track: 0, codec: "h264", width: 320, height: 180, fps: 25, pixelFormat: "yuv420p" },
  ...{ index: 0, startSeconds: 0, bitRate: 0, disposition: 1, profile: 100, level: 12, tag: "avc1" },
  colour: { range: 0, primaries: 2, transfer: 2, matrix: 2 },
  scanOrder: "progressive",
  pixelAspectRatio: { num: 1, den: 1 },
};
const file: FileFacts = {
  path: "/nowhere/a.mp4",
  info: { container: "mov", durationSeconds: 10, live: false, video: picture, audio: [sound] },
  demuxer: "mov",
  origin: { containerSeconds: 0, programSeconds: 0 },
  picture,
  sounds: [sound],
  otherStreams: 0,
};
const noProfile: Profile = { detectors: {}, ignore: [], expect: {} };

function finding(kind: string, measured: readonly (readonly [string, number, string?])[], more: Partial<Finding> = {}) {
  const measurements = measured.map(([name, value, unit = ""]) => ({ name, value, unit }));
  const span = { startSeconds: 1, endSeconds: 1.05 };
  const media = kind.startsWith("colour") || kind.startsWith("field") || kind.endsWith("picture") ? "video" : "audio";
  const subject = { media, track: 0 } as const;
  return {
    id: kind,
    kind,
    subject,
    ...span,
    severity: "major",
    confidence: 1,
    measurements,
    revision: 1,
    ...more,
  } as const;
}

const loud = finding("loudness", [["integrated loudness", -31, "LUFS"]]);

interface Case {
  readonly name: string;
  readonly findings: readonly Finding[];
  readonly request?: Partial<PlanRequest>;
  /** Action and its parameters. */
  readonly repairs?: readonly (readonly [string, object])[];
  /** What the reasons of refusals hold. */
  readonly refusals?: readonly string[];
}

const cases: readonly Case[] = [
  { name: "nothing found", findings: [] },
  { name: "what no action is for", findings: [finding("dual-mono", [])] },
  {
    name: "early sound",
    findings: [finding("av-desync", [["A/V offset", 200, "ms"]])],
    repairs: [["realign-audio", { track: 0, offsetMs: 200 }]],
  },
  {
    name: "sound that drifts",
    findings: [
      finding("av-desync", [
        ["A/V offset", -300, "ms"],
        ["timestamps against samples", 5000, "ppm"],
      ]),
    ],
    refusals: ["drift apart"],
  },
  {
    name: "an offset of the user's own",
    findings: [],
    request: { options: { "realign-audio": { offsetMs: -80 } } },
    repairs: [["realign-audio", { track: 0, offsetMs: -80 }]],
  },
  {
    name: "an offset where there are no pictures",
    findings: [],
    request: { file: { ...file, picture: null }, options: { "realign-audio": { offsetMs: -80 } } },
    refusals: ["no pictures"],
  },
  {
    name: "loudness, by EBU R 128",
    findings: [loud],
    repairs: [["normalise-loudness", { track: 0, targetLufs: -23, maxDbtp: -1 }]],
  },
  {
    name: "loudness, by what the profile expects",
    findings: [loud],
    request: {
      profile: {
        ...noProfile,
        detectors: { loudness: { options: { targetLufs: -16 } }, "true-peak": { options: { maxDbtp: -3 } } },
        expect: { loudness: { targetLufs: -24 } },
      },
    },
    repairs: [["normalise-loudness", { track: 0, targetLufs: -24, maxDbtp: -3 }]],
  },
  {
    name: "loudness in a codec without an encoder",
    findings: [loud],
    request: { file: { ...file, sounds: [{ ...sound, codec: "dts" }] } },
    refusals: ["dts"],
  },
  {
    name: "a short dropout and a long one",
    findings: [
      finding("audio-dropout", [["dropouts", 1]]),
      finding("audio-dropout", [["dropouts", 1]], { id: "long", endSeconds: 1.8 }),
    ],
    repairs: [["conceal-audio", { track: 0, longestMs: 100 }]],
    refusals: ["longer than 100 ms"],
  },
  {
    name: "sound before flags, one encode before what is copied",
    findings: [
      finding("colour-range", [["pixels outside of 5 to 246 in limited range", 4, "%"]]),
      finding("av-desync", [["A/V offset", -200, "ms"]]),
      loud,
      finding("audio-click", []),
    ],
    repairs: [
      ["conceal-audio", { track: 0, longestMs: 100 }],
      ["normalise-loudness", { track: 0, targetLufs: -23, maxDbtp: -1 }],
      ["realign-audio", { track: 0, offsetMs: -200 }],
      ["strip-or-declare", { colourRange: "full" }],
    ],
  },
  {
    name: "full range that is none",
    findings: [finding("colour-range", [["pixels outside of 16 to 235 in full range", 0, "%"]])],
    repairs: [["strip-or-declare", { colourRange: "limited" }]],
  },
  {
    name: "field order in H.264",
    findings: [finding("field-order", [["pairs with the bottom field first", 8]])],
    refusals: ["without encoding"],
  },
  {
    name: "field order in MPEG-2",
    findings: [finding("field-order", [["pairs with the bottom field first", 8]])],
    request: { file: { ...file, picture: { ...picture, codec: "mpeg2video" } } },
    repairs: [["strip-or-declare", { fieldOrder: "bottom-field-first" }]],
  },
  { name: "a freeze without another version", findings: [finding("frozen-picture", [])], refusals: ["--source"] },
  {
    name: "kinds that the profile leaves to people",
    findings: [loud, finding("audio-click", []), finding("audio-dropout", [["dropouts", 1]])],
    request: {
      profile: {
        ...noProfile,
        repair: repairPolicySchema.parse({
          actions: [
            { action: "normalise-loudness", kinds: ["true-peak"] },
            { action: "conceal-audio", kinds: ["audio-click"] },
          ],
        }),
      },
    },
    repairs: [["conceal-audio", { track: 0, longestMs: 100 }]],
  },
  { name: "one action only", findings: [loud], request: { only: ["conceal-audio"] } },
];

describe("what is planned", () => {
  test.each(cases)("$name", async ({ findings, request, repairs = [], refusals = [] }) => {
    const plan = await planRepairs({ file, findings, profile: noProfile, ...request });
    expect(plan.repairs.map(({ action, parameters }) => [action, parameters])).toEqual(repairs);
    expect(plan.refusals).toHaveLength(refusals.length);
    for (const [i, words] of refusals.entries()) expect(plan.refusals[i]?.reason).toContain(words);
  });

  test("options of a profile that an action does not know are refused", async () => {
    const actions = [{ action: "conceal-audio", options: { longestMs: -1 }, needsApproval: false }];
    const repair = { mode: "off", actions, coolDownMinutes: 5, attemptsPerHour: 3, mostStreamsAtOnce: 3 } as const;
    const profile = { ...noProfile, repair: { ...repair, verify: { cleanSeconds: 30, withinSeconds: 300 } } };
    await expect(planRepairs({ file, findings: [], profile })).rejects.toThrow("conceal-audio.longestMs");
  });
});
