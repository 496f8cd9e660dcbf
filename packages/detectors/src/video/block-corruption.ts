import { type Detection, type Detections, defineDetector } from "@glasswatch/core/detector";
import type { Severity } from "@glasswatch/core/severity";
import { z } from "zod";
import { openSpan } from "../span.ts";
import { damagedArea } from "./damage-map.ts";
import { openDamageTraces } from "./damage-traces.ts";
import { openLooks } from "./looks.ts";

/** Pictures of which a few may look right: damage that moves out of the picture and comes back. */
const reliefSeconds = 0.5;
/** Where the decoder met damage, less of it has to show: a third of what chance was measured to give at most. */
const leastEvidenceWhenMet = 0.004;
/** Where no decoder met any, fewer segments than these are too few to tell damage from chance. */
const leastSegments = 25;
/** What an encoder does in the first seconds is not known to be unusual. */
const settlingSeconds = 2;
/** Damage gives several times the evidence that the stream gives all the time. */
const unusualFactor = 3;
/** What is usual of a stream is averaged over so long, seconds. */
const usualSeconds = 8;
/** How often it is looked at how blocky the picture is by itself. */
const intervalSeconds = 0.5;
/** What lasts so long was seen by everybody. */
const lastingSeconds = 5;

export const blockCorruption = defineDetector({
  id: "block-corruption",
  title: "Corrupted blocks",
  why: "Lost or broken data shows as misplaced squares and smears, until the next complete picture.",
  method:
    "Damage that the decoder meets is taken to last until the next key picture. Without the decoder's word, what changes from picture to picture is watched: it is told when that stops at the borders of macroblocks again and again, far more often than midway between them. The share of the picture that such breaks enclose decides how grave it is.",
  standard: "Map of damaged blocks and their share of the area, as Prime Video's video quality analysis has it",
  media: "video",
  needs: ["frame", "motion", "gridBreaks", "blockGrid"],
  options: z.strictObject({
    evidence: z
      .number()
      .min(0.01)
      .max(1)
      .default(0.045)
      .describe(
        "Share of the borders between macroblocks, beyond chance, that is to break within about a second where no decoder met damage. Measured: up to 0.011 in what cameras took, cuts included, and up to 0.055 in motion graphics at low rates; 0.067 to 0.5 in eight of sixteen programmes that were damaged and encoded again.",
      ),
    majorFromShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.01)
      .describe("Share of the picture, 0 to 1, from which damage is major. Less is seen by few."),
    criticalFromShare: z.number().min(0).max(1).default(0.1).describe("Share from which damage is critical, 0 to 1."),
    minimumSeconds: z
      .number()
      .min(0.04)
      .max(3600)
      .default(0.12)
      .describe("Shorter damage is not told, seconds: three pictures of 25 a second."),
  }),
  thresholds: {
    "damaged area": { option: "majorFromShare", told: "above", optionAt: ({ value }) => value / 100 },
    "borders that break": { option: "evidence", told: "above", optionAt: ({ value }) => value / 100 },
  },
  lasting: "minimumSeconds",
  open({ options: { evidence, majorFromShare, criticalFromShare, minimumSeconds } }) {
    const traces = openDamageTraces();
    const looks = openLooks(intervalSeconds);
    /** Share of the codec's own borders that show, at the last two looks: starved encoders break there as damage does. */
    let blocky = 0;
    let blockyBefore = 0;
    /** Mean of the evidence while nothing is told: low rates and animation break at borders all the time. */
    let usual = 0;
    let watchedSeconds = 0;
    let met = false;
    let everMet = false;
    let share = 0;
    let most = 0;
    let told: Severity | undefined;
    const span = openSpan({
      minimumSeconds,
      toleranceSeconds: reliefSeconds,
      ladder: [{ fromSeconds: 0, severity: "minor" }],
      describe,
    });

    function describe(): Pick<Detection, "confidence" | "measurements" | "area"> {
      const area = share >= majorFromShare ? damagedArea(traces.map) : undefined;
      return {
        confidence: everMet ? 0.95 : 0.75,
        measurements: [
          { name: "damaged area", value: round(100 * share), unit: "%", threshold: 100 * majorFromShare },
          { name: "borders that break", value: round(100 * most), unit: "%", threshold: 100 * evidence },
        ],
        ...(area && { area }),
      };
    }

    function gravity(lastsSeconds: number): Severity {
      if (share < majorFromShare) return "minor";
      return share >= criticalFromShare || lastsSeconds >= lastingSeconds ? "critical" : "major";
    }

    function grade(detection: Detection, untilSeconds: number): Detection {
      const severity = gravity((detection.endSeconds ?? untilSeconds) - detection.startSeconds);
      told = detection.state === "closed" ? undefined : severity;
      return { ...detection, severity };
    }

    /** What is told already became graver. */
    function update(untilSeconds: number): Detections {
      const { startSeconds } = span;
      if (told === undefined || startSeconds === undefined) return undefined;
      const severity = gravity(untilSeconds - startSeconds);
      if (severity === told) return undefined;
      told = severity;
      return [{ state: "updated", startSeconds, endSeconds: null, severity, ...describe() }];
    }

    function forget(): void {
      everMet = false;
      share = 0;
      most = 0;
    }

    return {
      push(features) {
        const { keyFrame, damaged, timeSeconds, durationSeconds } = features.frame;
        traces.add(features);
        if (keyFrame) met = false;
        if (damaged) met = true;
        if (looks.isDue(features.frame)) {
          blockyBefore = blocky;
          blocky = features.blockGrid.read().share;
        }
        const byItself = evidence + Math.max(blocky, blockyBefore) + unusualFactor * usual;
        const unusual =
          watchedSeconds >= settlingSeconds && traces.segments >= leastSegments && traces.evidence >= byItself;
        const shows = met ? traces.evidence >= leastEvidenceWhenMet : unusual;
        if (!met && !unusual) {
          watchedSeconds += durationSeconds;
          usual += (traces.evidence - usual) * Math.min(1, durationSeconds / Math.min(watchedSeconds, usualSeconds));
        }
        if (!met && !shows && span.startSeconds === undefined) return undefined;
        if (span.startSeconds === undefined) forget();
        everMet ||= met;
        if (shows) share = Math.max(share, traces.share);
        most = Math.max(most, traces.evidence);
        const untilSeconds = timeSeconds + durationSeconds;
        const begun = span.startSeconds === undefined && !met ? traces.sinceSeconds : timeSeconds;
        const detections = span.push(met || shows, begun, untilSeconds);
        return detections?.map((detection) => grade(detection, untilSeconds)) ?? update(untilSeconds);
      },
      finish: (reason) => span.finish(reason)?.map((detection) => grade(detection, 0)),
    };
  },
});

function round(percent: number): number {
  return Math.round(100 * percent) / 100;
}
