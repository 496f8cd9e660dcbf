import { type Detection, defineDetector } from "@glasswatch/core/detector";
import type { Area } from "@glasswatch/core/finding";
import { z } from "zod";
import { isSameArea } from "./active-area.ts";
import { openAreaSightings, type Sighting } from "./area-sightings.ts";

/** What is seen for less is a flash or a transition. */
const glimpseSeconds = 0.2;

export const letterboxChange = defineDetector({
  id: "letterbox-change",
  title: "Letterbox change",
  why: "Bars that come and go in a programme mean that a converter, a switch or a graphic got the picture's shape wrong.",
  method:
    "The black bars around the picture are measured on all sides. It is told when their place changes within a programme and stays changed for long enough; what has been shown for long enough is the programme's shape from then on.",
  standard: "ffmpeg cropdetect (black is below 24/255 of the range); EBU R 95 for the shapes of pictures",
  media: "video",
  needs: ["frame", "motion", "litProfile"],
  options: z.strictObject({
    minimumSeconds: z
      .number()
      .min(0.2)
      .max(3600)
      .default(2)
      .describe("A new shape that is shown for less is not told, seconds: transitions and flashes are shorter."),
    stableSeconds: z
      .number()
      .min(0.2)
      .max(3600)
      .default(10)
      .describe("A new shape that has been shown for so long is what the programme has from now on, seconds."),
  }),
  lasting: "minimumSeconds",
  open({ options }) {
    const { minimumSeconds, stableSeconds } = options;
    const sightings = openAreaSightings(glimpseSeconds);
    /** What the programme has had so far. */
    let usual: Area | undefined;
    let told: Sighting | undefined;
    let endSeconds = 0;

    function detection(state: Detection["state"], { area, sinceSeconds }: Sighting, until: number | null): Detection {
      return {
        state,
        startSeconds: sinceSeconds,
        endSeconds: until,
        severity: "minor",
        confidence: 0.9,
        measurements: [
          { name: "height of the active picture", value: percent(area.height), unit: "%" },
          { name: "width of the active picture", value: percent(area.width), unit: "%" },
          { name: "height before the change", value: percent(usual?.height ?? 1), unit: "%" },
          { name: "width before the change", value: percent(usual?.width ?? 1), unit: "%" },
        ],
        area,
      };
    }

    function closeAt(seconds: number, sighting: Sighting, next: Area | undefined): readonly Detection[] {
      const closed = detection("closed", sighting, seconds);
      usual = next;
      told = undefined;
      return [closed];
    }

    /** What is to be told now that this has been seen for so long. */
    function judge(seen: Sighting, lastsSeconds: number): readonly Detection[] | undefined {
      if (told && isSameArea(told.area, seen.area)) {
        return lastsSeconds >= stableSeconds ? closeAt(told.sinceSeconds + stableSeconds, told, told.area) : undefined;
      }
      if (told) {
        const returned = usual !== undefined && isSameArea(usual, seen.area);
        return lastsSeconds >= glimpseSeconds
          ? closeAt(seen.sinceSeconds, told, returned ? usual : told.area)
          : undefined;
      }
      if ((usual && isSameArea(usual, seen.area)) || lastsSeconds < minimumSeconds - 0.001) return undefined;
      if (!usual) {
        usual = seen.area;
        return undefined;
      }
      told = seen;
      return [detection("opened", seen, null)];
    }

    return {
      push({ frame, motion, litProfile }) {
        endSeconds = frame.timeSeconds + frame.durationSeconds;
        const seen = sightings.add(frame.timeSeconds, motion.meanDifference, litProfile.read());
        return seen && judge(seen, endSeconds - seen.sinceSeconds);
      },
      suspects: () => told === undefined && usual !== undefined && !isSameArea(usual, sightings.latest ?? usual),
      finish: (reason) => (told && reason === "end" ? closeAt(endSeconds, told, told.area) : undefined),
    };
  },
});

function percent(share: number): number {
  return Math.round(1000 * share) / 10;
}
