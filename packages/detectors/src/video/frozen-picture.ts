import { defineDetector } from "@glasswatch/core/detector";
import type { FrameFeature, VideoFeatures } from "@glasswatch/core/video-features";
import { z } from "zod";
import { durationLadder } from "../duration-ladder.ts";
import { openSpan } from "../span.ts";
import { openArrivals } from "./arrival.ts";
import { showsColourBars } from "./colour-bars.ts";
import { flatColour } from "./flat-picture.ts";
import { heldPictureOptions } from "./held-picture-options.ts";
import { openLastMovers } from "./last-movers.ts";
import { openMotionHistory } from "./motion-history.ts";
import { openQuietStop } from "./quiet-stop.ts";
import { openRecurrence } from "./recurrence.ts";
import { openStandstill, type Standstill } from "./standstill.ts";
import { isBlack } from "./uniform-picture.ts";

type Features = Pick<VideoFeatures, "frame" | "luma" | "lumaGrid" | "motion" | "thumbnail">;

/** Pictures are repeated that had hardly moved before: a scene in which nothing happens is nearly as quiet. */
const quietConfidence = 0.7;
/** For so long the picture stood still, but went on; what may have begun with a cut or a fade is told by its beginning. */
const quietSeconds = 0.5;
/** A single damaged picture does not end a freeze, at four pictures a second and more. */
const glitchSeconds = 0.25;

export const frozenPicture = defineDetector({
  id: "frozen-picture",
  title: "Frozen picture",
  why: "Viewers see the picture stop and think that the stream has died.",
  method:
    "Each picture is compared with the one at which it came to rest, in small blocks, and what noise and re-encoding do to a still picture is allowed for. It is told when even the blocks that differ most have not moved for long enough, unless the programme itself seems to hold the picture: a slate, a title, a still that was faded to, or a place that the last thing that moved has left. A scene in which hardly anything moved is told when its pictures come out of the encoder the same again and again, as those of a camera never do.",
  standard: "Durations as ffmpeg freezedetect and AWS MediaConnect have them; limits measured on re-encoded freezes",
  media: "video",
  needs: ["frame", "luma", "lumaGrid", "motion", "thumbnail"],
  options: z.strictObject(heldPictureOptions),
  thresholds: { "still for": { option: "minorFromSeconds", told: "above" } },
  open({ options }) {
    const { minorFromSeconds, majorFromSeconds } = options;
    const history = openMotionHistory();
    const arrivals = openArrivals();
    const quietStop = openQuietStop();
    const recurrence = openRecurrence();
    const movers = openLastMovers();
    /** When the picture became quiet, and whether by what left it. */
    let quiet = { sinceSeconds: Number.NaN, isLeft: false };
    let standstill: Standstill | undefined;
    let confidence = 0;
    /** The picture stood still for so long without being told that it belongs to the programme. */
    let accepted = false;
    let stillForSeconds = 0;
    /** When the picture that is frozen was first shown. */
    let since = 0;
    /** The stillness was told; until it is major, it stays so while nothing moves. */
    let told: Standstill | undefined;
    /** Another detector tells what is wrong with this picture; undefined until looked at. */
    let toldElsewhere: boolean | undefined;
    const span = openSpan({
      ...durationLadder(options),
      toleranceSeconds: glitchSeconds,
      describe: (durationSeconds) => ({
        confidence,
        measurements: [
          { name: "still for", value: toMilliseconds(durationSeconds), unit: "s", threshold: minorFromSeconds },
          { name: "largest block difference", value: standstill?.peak() ?? 0, unit: "code value" },
        ],
      }),
    });

    function follow({ frame, motion }: Features): Standstill {
      const since = motion.stillSinceSeconds;
      if (standstill?.sinceSeconds !== since) {
        standstill = openStandstill(
          since,
          { onset: history.onsetAt(since), arrival: arrivals.latest, hasLeft: movers.leftAt(since) },
          majorFromSeconds,
        );
        toldElsewhere = undefined;
      }
      standstill.add(motion, frame.keyFrame);
      return standstill;
    }

    function noteQuiet(): void {
      const { sinceSeconds } = quietStop;
      if (sinceSeconds === undefined || sinceSeconds === quiet.sinceSeconds) return;
      quiet = { sinceSeconds, isLeft: movers.leftAt(sinceSeconds) };
    }

    function isFrozen(features: Features): boolean {
      const { frame, motion } = features;
      if (!motion.still) return false;
      const still = follow(features);
      const lastsSeconds = frame.timeSeconds + frame.durationSeconds - still.sinceSeconds;
      if (lastsSeconds < minorFromSeconds - frame.durationSeconds) return false;
      const sureness = confidenceIn(still, lastsSeconds, frame);
      if (sureness === 0) return false;
      toldElsewhere ??= isToldElsewhere(features);
      if (toldElsewhere) return false;
      confidence = sureness;
      return true;
    }

    /** 0 where it is not taken for frozen. */
    function confidenceIn(still: Standstill, lastsSeconds: number, frame: FrameFeature): number {
      since = still.sinceSeconds;
      const verdict = still.judge(lastsSeconds);
      if (verdict.frozen) {
        told = still;
        return verdict.confidence;
      }
      if (told === still && lastsSeconds < majorFromSeconds) return confidence;
      const stopped = (quiet.isLeft ? undefined : quietStop.sinceSeconds) ?? recurrence.sinceSeconds;
      if (stopped === undefined) return 0;
      if (stopped - still.sinceSeconds < quietSeconds && !still.cameToRest) return 0;
      if (frame.timeSeconds - stopped < minorFromSeconds - 2 * frame.durationSeconds) return 0;
      since = stopped;
      return quietConfidence;
    }

    return {
      push(features) {
        const { frame, motion } = features;
        history.add(features);
        movers.add(frame, features.lumaGrid);
        quietStop.add(frame, motion);
        recurrence.add(frame, motion);
        noteQuiet();
        arrivals.add(features);
        const { timeSeconds, durationSeconds } = frame;
        const frozen = isFrozen(features);
        stillForSeconds = motion.still ? timeSeconds - motion.stillSinceSeconds : 0;
        accepted = arrivals.resembles && (accepted || (!frozen && stillForSeconds >= majorFromSeconds));
        return span.push(frozen, timeSeconds, timeSeconds + durationSeconds, frozen ? since : motion.stillSinceSeconds);
      },
      suspects: () => !accepted && (arrivals.sparse ? arrivals.resembles : stillForSeconds >= glitchSeconds),
      finish: span.finish,
    };
  },
});

/** Black, one colour and bars stand still by nature: one defect is told once, by its own name. */
function isToldElsewhere({ luma, thumbnail }: Features): boolean {
  return (
    isBlack(luma, thumbnail, 0.1, 0.98) ||
    flatColour(luma, thumbnail, 0.9) !== undefined ||
    showsColourBars(thumbnail.read(), thumbnail)
  );
}

function toMilliseconds(seconds: number): number {
  return Math.round(1000 * seconds) / 1000;
}
