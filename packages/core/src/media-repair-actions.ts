import { z } from "zod";
import { declareAction, type RepairActionDeclaration } from "./repair-action-declaration.ts";

/** Sound further off than this is not of the same programme. */
export const mostOffsetSeconds = 60;

/** Repairs of files, made on a copy of them. */
export const mediaRepairActions = {
  "replace-segment": declareAction({
    title: "Replace damaged pictures",
    why: "What is broken for some seconds is taken from another version; all other pictures keep their bytes.",
    of: "file",
    kinds: ["block-corruption", "frozen-picture", "black-picture", "flat-picture", "dropped-frames"],
    reversible: false,
    options: z.strictObject({
      longestHeldSeconds: z
        .number()
        .min(0)
        .max(5)
        .default(1.5)
        .describe(
          "Without another version, the last whole picture is held for so long at most, seconds. A hold is told as frozen-picture from 2 s on.",
        ),
    }),
  }),
  "conceal-audio": declareAction({
    title: "Conceal dropouts and clicks",
    why: "Short holes in the sound can be filled with what their neighbours make likely, so that nobody hears them.",
    of: "file",
    kinds: ["audio-dropout", "audio-click"],
    reversible: false,
    options: z.strictObject({
      longestMs: z
        .number()
        .min(1)
        .max(500)
        .default(100)
        .describe("Longer holes stay, ms: what was said in them is not to be known from what is beside them."),
    }),
  }),
  "normalise-loudness": declareAction({
    title: "Normalise loudness",
    why: "A programme off its loudness target is refused, or makes viewers reach for the remote control.",
    of: "file",
    kinds: ["loudness", "true-peak"],
    reversible: false,
    options: z.strictObject({
      targetLufs: z
        .number()
        .min(-50)
        .max(-5)
        .optional()
        .describe("Integrated loudness to reach, LUFS. What the profile expects, or else EBU R 128: −23."),
      maxDbtp: z
        .number()
        .min(-20)
        .max(0)
        .optional()
        .describe("Highest true peak, dBTP. What the profile expects, or else EBU R 128: −1."),
    }),
  }),
  "realign-audio": declareAction({
    title: "Realign sound and pictures",
    why: "Sound that is early or late by the same time throughout needs other timestamps, and nothing else.",
    of: "file",
    kinds: ["av-desync"],
    reversible: true,
    options: z.strictObject({
      offsetMs: z
        .number()
        .min(-1000 * mostOffsetSeconds)
        .max(1000 * mostOffsetSeconds)
        .optional()
        .describe("How early the sound is, ms; negative where it is late. What the scan measured, unless it is given."),
    }),
  }),
  "strip-or-declare": declareAction({
    title: "Declare field order and colour range",
    why: "Where pictures are right and what is said of them is wrong, it is the flags that have to change.",
    of: "file",
    kinds: ["field-order", "colour-range"],
    reversible: true,
    options: z.strictObject({}),
  }),
} as const satisfies Readonly<Record<string, RepairActionDeclaration>>;
