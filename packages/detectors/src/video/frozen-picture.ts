import { defineDetector } from "@glasswatch/core/detector";
import type { VideoFeatures } from "@glasswatch/core/features";
import { z } from "zod";
import { openSpan } from "../span.ts";
import { showsColourBars } from "./colour-bars.ts";
import { flatShare } from "./flat-picture.ts";
import { heldPictureLadder, heldPictureOptions } from "./held-picture-options.ts";
import { openMotionHistory } from "./motion-history.ts";
import { shareBelow } from "./uniform-picture.ts";

/** Encoders repeat a still picture exactly, most of the time; a live camera never does. Mean difference in code values. */
const repeatDifference = 0.05;
/** Share of the pictures that are to repeat: in a low-rate x264 freeze four in ten do, in a tripod shot next to none. */
const leastRepeats = 0.1;
/** A single damaged picture does not end a freeze, seconds. */
const glitchSeconds = 0.05;

export const frozenPicture = defineDetector({
  id: "frozen-picture",
  title: "Frozen picture",
  why: "Viewers see the picture stop and think that the stream has died.",
  standard: "Durations as ffmpeg freezedetect and AWS MediaConnect have them; limits measured on re-encoded freezes",
  media: "video",
  needs: ["frame", "luma", "motion", "thumbnail"],
  options: z.strictObject(heldPictureOptions),
  open({ options }) {
    const history = openMotionHistory();
    const ladder = heldPictureLadder(options);
    let since = Number.NaN;
    let pictures = 0;
    let repeats = 0;
    let noise = 0;
    let peak = 0;
    let onset = history.onsetAt(Number.NaN);
    /** Another detector tells what is wrong with this picture; undefined until looked at. */
    let told: boolean | undefined;
    const span = openSpan({
      ...ladder,
      toleranceSeconds: glitchSeconds,
      describe: (durationSeconds) => ({
        confidence: isRepeating() ? 0.98 : 0.7,
        measurements: [
          {
            name: "duration",
            value: Math.round(1000 * durationSeconds) / 1000,
            unit: "s",
            threshold: options.minorFromSeconds,
          },
          { name: "largest block difference", value: peak, unit: "code value" },
        ],
      }),
    });

    function begin(sinceSeconds: number): void {
      since = sinceSeconds;
      pictures = 0;
      repeats = 0;
      noise = 0;
      peak = 0;
      told = undefined;
      onset = history.onsetAt(sinceSeconds);
    }

    function isRepeating(): boolean {
      return repeats >= leastRepeats * pictures;
    }

    /** Noise lies on this picture; that it stands still shows in how motion ended. */
    function stoppedAtOnce(): boolean {
      return onset.leastUpper >= 2.5 * (noise / pictures) + 1.5;
    }

    function holds(features: Pick<VideoFeatures, "frame" | "luma" | "motion" | "thumbnail">): boolean {
      const { frame, luma, motion, thumbnail } = features;
      if (!motion.still) return false;
      if (motion.stillSinceSeconds !== since) begin(motion.stillSinceSeconds);
      pictures++;
      noise += motion.medianDifference;
      peak = Math.max(peak, motion.peakDifferenceToAnchor);
      if (motion.meanDifference <= repeatDifference) repeats++;
      const lasts = frame.timeSeconds + frame.durationSeconds - since;
      if (lasts < options.minorFromSeconds - frame.durationSeconds) return false;
      if (onset.cut && lasts < options.majorFromSeconds) return false;
      told ??=
        shareBelow(luma, 0.1) >= 0.98 ||
        flatShare(luma, thumbnail, 0.9) > 0 ||
        showsColourBars(thumbnail.read(), thumbnail);
      return !told && (isRepeating() || (!onset.cut && stoppedAtOnce()));
    }

    return {
      push(features) {
        const { frame, motion } = features;
        history.add(frame.timeSeconds, motion);
        const frozen = holds(features);
        return span.push(frozen, frame.timeSeconds, frame.timeSeconds + frame.durationSeconds, since);
      },
      finish: span.finish,
    };
  },
});
