import { z } from "zod";
import { tiers } from "../tier.ts";
import { defineEvent } from "./define-event.ts";
import { streamMediaSchema } from "./stream-media.ts";

const tierSchema = z.enum(tiers);
const secondsSchema = z.number().nonnegative();

/** As the user named it; credentials in a URL are masked. */
const input = z.string();

/** The stream was opened for the first time. */
export const streamStarted = defineEvent(
  "stream.started",
  z.object({ input, tier: tierSchema, media: streamMediaSchema }),
);

/** No media has come for a while; the connection stands. */
export const streamStalled = defineEvent(
  "stream.stalled",
  z.object({
    input,
    /** How long it was waited for until this was told. */
    waitedSeconds: secondsSchema,
    /** Where the stream stopped, in its own time. */
    positionSeconds: secondsSchema,
  }),
);

/** It is again as it should be: media comes, the connection is back, or it is watched in its own tier. */
export const streamResumed = defineEvent(
  "stream.resumed",
  z.object({
    input,
    after: z.enum(["stalled", "failed", "degraded"]),
    /** From the event that this one undoes. */
    afterSeconds: secondsSchema,
    tier: tierSchema,
  }),
);

/** Less of the stream is watched than was asked for. */
export const streamDegraded = defineEvent(
  "stream.degraded",
  z.object({
    input,
    /** How its pictures are watched from now on. */
    tier: tierSchema,
    /**
     * `overload`: the machine cannot keep up, and this stream is held in `light` for now. `skip`: it fell too far behind
     * even so and went on where the source is. `detector-errored`: a detector failed and is left out.
     */
    cause: z.enum(["overload", "skip", "detector-errored"]),
    /** How far the analysis was behind the source. */
    lagSeconds: secondsSchema,
    /** What was left out of the analysis, sound included. */
    skippedSeconds: secondsSchema,
    detector: z.object({ id: z.string(), message: z.string() }).optional(),
  }),
);

/** The source said that it is over. */
export const streamEnded = defineEvent("stream.ended", z.object({ input, positionSeconds: secondsSchema }));

/** The stream could not be opened, or was lost. */
export const streamFailed = defineEvent(
  "stream.failed",
  z.object({
    input,
    error: z.object({ code: z.string(), message: z.string() }),
    /** When it will be tried again; null where that would be no use. */
    retryInSeconds: secondsSchema.nullable(),
  }),
);
