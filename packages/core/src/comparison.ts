import { z } from "zod";

/** ITU-R BT.1359-1: outside of these, sound that is early (positive) or late (negative) is noticed. */
export const avOffsetLimitsSeconds = { early: 0.045, late: -0.125 } as const;

const span = z.object({ startSeconds: z.number(), endSeconds: z.number() });

/** Something that one of the inputs has and the other lacks. */
export const comparedPartSchema = z.object({
  /** What it concerns: the pictures, the sound, or both together. */
  media: z.enum(["video", "audio", "both"]),
  durationSeconds: z.number(),
  /** Its place in the reference; of no length for what was inserted. */
  reference: span,
  /** Its place in the input; of no length for what is missing. */
  input: span,
});

export type ComparedPart = z.infer<typeof comparedPartSchema>;

/** What the pictures alone or the sound alone say. */
export const comparedTrackSchema = z.object({
  /** At the start of what both have, positive where INPUT is later. */
  delaySeconds: z.number().nullable(),
  driftPpm: z.number().nullable(),
  /** 0 to 1: how far this alignment is ahead of the next best, and how well its parts agree. */
  confidence: z.number().nullable(),
  /** Why it could not be aligned; null where it was. */
  problem: z.enum(["absent", "silent", "too-short", "unchanging", "unrelated", "ambiguous"]).nullable(),
});

export type ComparedTrack = z.infer<typeof comparedTrackSchema>;

/** How much alike the pictures look that show the same moment. */
export const pictureQualitySchema = z.object({
  /** Structural similarity of luma (Wang et al. 2004), up to 1; null where there is a problem. */
  ssim: z
    .object({
      mean: z.number(),
      /** With the time of the pair in the reference. */
      lowest: z.object({ value: z.number(), atSeconds: z.number() }),
    })
    .nullable(),
  /** How many pairs of pictures were compared. */
  pairs: z.number(),
  /** What both were reduced to. */
  size: z.object({ width: z.number(), height: z.number() }).nullable(),
  /** Why it could not be measured; null where it was. */
  problem: z.enum(["unaligned", "unpaired", "framed-differently"]).nullable(),
});

export type PictureQuality = z.infer<typeof pictureQualitySchema>;

export const comparisonSchema = z.object({
  schemaVersion: z.literal(1),
  /** As the user named them; credentials in a URL are masked. */
  reference: z.string(),
  input: z.string(),
  /** By the A/V offset of INPUT against REFERENCE and ITU-R BT.1359; `inconclusive` where there is none to judge. */
  verdict: z.enum(["in-sync", "out-of-sync", "inconclusive"]),
  /** Why the verdict is `inconclusive`, in words; null where it is not. */
  reason: z.string().nullable(),
  /** At the start of what both have; positive where INPUT is later. Of the pictures, of the sound where those do not tell. */
  delaySeconds: z.number().nullable(),
  /** How much slower INPUT runs, in parts per million. */
  driftPpm: z.number().nullable(),
  /** Positive where the sound of INPUT is early against its pictures, compared with REFERENCE. */
  avOffsetSeconds: z.number().nullable(),
  /** 0 to 1 for each of the measurements, null where there is none. */
  confidence: z.object({
    delay: z.number().nullable(),
    drift: z.number().nullable(),
    avOffset: z.number().nullable(),
  }),
  /** The A/V offset from cut to cut, in times of the reference. */
  avOffsets: z.array(span.extend({ avOffsetSeconds: z.number() })),
  video: comparedTrackSchema,
  audio: comparedTrackSchema,
  /** What both have, from the first moment that was found to the last; null where nothing was found. */
  common: z.object({ reference: span, input: span }).nullable(),
  missing: z.array(comparedPartSchema),
  inserted: z.array(comparedPartSchema),
  /** ITU-R BS.1770-4, over what both have: positive where INPUT is louder. */
  levelDifferenceLu: z.number().nullable(),
  picture: pictureQualitySchema,
  /** Why an input could not be read, or not to its end. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});

/** What `glasswatch compare --json` prints. */
export type Comparison = z.infer<typeof comparisonSchema>;
