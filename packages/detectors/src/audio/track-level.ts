import type { AudioFeatures } from "@glasswatch/core/audio-features";
import { type Detection, defineDetector } from "@glasswatch/core/detector";
import type { AudioTrack } from "@glasswatch/core/media";
import { z } from "zod";
import { roundTenth } from "./decibels.ts";

/** ITU-R BS.1770-4 Annex 1: what lies further below the loudness of the whole does not count. */
const relativeGateLu = -10;

interface Heard {
  readonly track: AudioTrack;
  startSeconds: number | undefined;
  endSeconds: number;
  integratedLufs: number;
  /** Above the gate. */
  soundingSeconds: number;
}

export const trackLevel = defineDetector({
  id: "track-level",
  title: "Sound tracks of unlike loudness",
  why: "Who changes the language should not have to change the volume.",
  method:
    "The loudness of each sound track is measured as ITU-R BS.1770 prescribes. It is told at the end where a track is louder or quieter than the first of the same codec and number of channels by more than the limit; tracks with a role of their own, such as audio description, are left out.",
  standard:
    "ITU-R BS.1770-4 integrated loudness of each track. EBU R 128 allows a live programme ±1 LU, so that two right tracks are within 2 LU of each other",
  media: "programme",
  leastTracks: { video: 0, audio: 2 },
  needs: ["origin", "sounds"],
  options: z.strictObject({
    maxDifferenceLu: z
      .number()
      .min(0.5)
      .max(30)
      .default(3)
      .describe(
        "Difference of integrated loudness to the first track of the same form, LU, above which it is told. EBU R 128: two right live mixes differ by up to 2; the third is for voices of another language.",
      ),
    minSoundingSeconds: z
      .number()
      .min(1)
      .max(3600)
      .default(30)
      .describe(
        "Sound above the gate of BS.1770 that each track has to have, seconds. A few sentences say nothing about a mix.",
      ),
  }),
  thresholds: {
    "difference to the main track": {
      option: "maxDifferenceLu",
      told: "apart",
      optionAt: ({ value }) => Math.abs(value),
    },
  },
  open({ options, track: { audio } }) {
    // A role says that a track is meant to be otherwise. What is silent has no loudness, and audio-silence tells of it.
    const heard = audio.map((track): Heard | undefined =>
      track.role === undefined
        ? {
            track,
            startSeconds: undefined,
            endSeconds: 0,
            integratedLufs: Number.NEGATIVE_INFINITY,
            soundingSeconds: 0,
          }
        : undefined,
    );

    function hear(own: Heard, { block, loudness }: AudioFeatures): void {
      own.startSeconds ??= block.timeSeconds;
      own.endSeconds = block.timeSeconds + block.durationSeconds;
      own.integratedLufs = loudness.integratedLufs;
      if (loudness.momentaryLufs > loudness.integratedLufs + relativeGateLu)
        own.soundingSeconds += block.durationSeconds;
    }

    function compare(own: Heard, main: Heard): Detection | undefined {
      const difference = roundTenth(own.integratedLufs - main.integratedLufs);
      if (Math.abs(difference) <= options.maxDifferenceLu) return undefined;
      return {
        state: "closed",
        subject: { media: "audio", track: own.track.track },
        startSeconds: own.startSeconds ?? 0,
        endSeconds: own.endSeconds,
        severity: "minor",
        confidence: 0.9,
        measurements: [
          {
            name: "difference to the main track",
            value: difference,
            unit: "LU",
            threshold: Math.sign(difference) * options.maxDifferenceLu,
          },
          { name: "main track", value: main.track.track, unit: "track" },
          { name: "integrated loudness", value: roundTenth(own.integratedLufs), unit: "LUFS" },
        ],
      };
    }

    return {
      push({ origin: { step, media, track }, sounds }) {
        if (step !== "measured" || media !== "audio") return undefined;
        const own = heard[track];
        const features = sounds[track];
        if (own && features) hear(own, features);
        return undefined;
      },
      // The loudness of a programme is known when it is over.
      finish(reason) {
        if (reason !== "end") return undefined;
        const known = heard.filter((own) => own !== undefined && own.soundingSeconds >= options.minSoundingSeconds);
        return (known as Heard[]).flatMap((own) => {
          const main = (known as Heard[]).find(({ track }) => sameForm(track, own.track));
          return (main && main !== own && compare(own, main)) || [];
        });
      },
    };
  },
});

/** Mixes for 5.1 and stereo are not of one loudness, and AC-3 carries a level of its own that players apply. */
function sameForm(a: AudioTrack, b: AudioTrack): boolean {
  return a.codec === b.codec && a.channels === b.channels;
}
