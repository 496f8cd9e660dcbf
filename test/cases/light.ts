import { aac, sound } from "../fixtures/ingredients.ts";
import type { Recipe, RecipeInput } from "../fixtures/recipe.ts";
import { interrupted, moving, pictureOf, still } from "./detectors/programme-picture.ts";

/** What is found in the light tier. */
export interface LightCase {
  readonly name: string;
  readonly recipe: Recipe;
  /** Findings of pictures at `minor` or above; they may begin late by the distance of key pictures. */
  readonly findings: readonly { readonly kind: string; readonly startSeconds: number; readonly endSeconds: number }[];
  /** Whether anything in it makes every picture worth watching. */
  readonly promoted: boolean;
}

export const keySeconds = 2;

// The fastest preset sets no key pictures at cuts, so that defects begin between two of them.
const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-g", String(25 * keySeconds), "-pix_fmt", "yuv420p"] as const;

const seconds = 16;
const defect = { startSeconds: 5.2, endSeconds: 11.2 } as const;

function clip(name: string, picture: string | RecipeInput) {
  const input = typeof picture === "string" ? pictureOf(picture) : picture;
  return { name, recipe: { file: "clip.mp4", inputs: [input, sound(2, 48_000, seconds)], options: [...h264, ...aac] } };
}

function shown(kind: string, other: string): LightCase {
  const picture = interrupted(seconds, other, defect.startSeconds, defect.endSeconds);
  return { ...clip(kind, picture), findings: [{ kind, ...defect }], promoted: true };
}

const frozenFrames = 25 * (defect.endSeconds - defect.startSeconds);

export const cases: readonly LightCase[] = [
  shown("black-picture", "color=black:size=320x180:rate=25"),
  shown("flat-picture", "color=0x3060a0:size=320x180:rate=25"),
  shown("test-pattern", "smptebars=size=320x180:rate=25"),
  {
    ...clip(
      "frozen-picture",
      `${moving(10)},loop=loop=${frozenFrames - 1}:size=1:start=${25 * defect.startSeconds + 1},setpts=N/25/TB`,
    ),
    findings: [{ kind: "frozen-picture", ...defect }],
    promoted: true,
  },
  { ...clip("a programme without a defect", moving(seconds)), findings: [], promoted: false },
  {
    ...clip(
      "a still picture that replaces the programme",
      interrupted(seconds, `${still(seconds)},hue=h=120`, defect.startSeconds, defect.endSeconds),
    ),
    findings: [],
    promoted: true,
  },
];

/** Silence, then clipped sound, with a picture that has no defect. */
export const soundRecipe: Recipe = {
  file: "clip.mp4",
  inputs: [pictureOf(moving(seconds)), sound(2, 48_000, seconds)],
  options: [
    "-af",
    "asetnsamples=n=480,volume=0:enable='between(t,3.3,6.1)',volume=30dB:enable='between(t,9,11)',aformat=s16,volume=-6dB",
    ...h264,
    ...aac,
  ],
};
