import { defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { openClockShift } from "./clock-shift.ts";
import { openFlashWatch } from "./flash-watch.ts";
import { openSoundSync } from "./sound-sync.ts";

const milliseconds = z.number().min(1).max(5000);

export const avDesync = defineDetector({
  id: "av-desync",
  title: "Sound and pictures out of step",
  why: "Lips that move before or after the words are noticed at once, and viewers trust a picture less that does it.",
  method:
    "Where a programme carries a test signal, its flashes are held against its beeps; everywhere else, the clocks of pictures and sound against each other, as far as they prove by themselves that one of them moved. It is told outside the limits; what cannot be known is not guessed.",
  standard:
    "ITU-R BT.1359-1: detectable outside +45/−125 ms, not acceptable outside +90/−185 ms (+ is sound early). Measured by flash and beep, where a test signal is sent, and by what the container's clocks themselves prove",
  media: "programme",
  leastTracks: { video: 1, audio: 1 },
  needs: ["origin", "clocks", "picture", "sounds"],
  options: z.strictObject({
    earlyWarnMs: milliseconds
      .default(45)
      .describe("Sound earlier than the picture by more than this is major, ms. ITU-R BT.1359-1: detectable from 45."),
    lateWarnMs: milliseconds
      .default(125)
      .describe("Sound later than the picture by more than this is major, ms. ITU-R BT.1359-1: detectable from 125."),
    earlyCriticalMs: milliseconds
      .default(90)
      .describe("Sound earlier by more than this is critical, ms. ITU-R BT.1359-1: acceptable up to 90."),
    lateCriticalMs: milliseconds
      .default(185)
      .describe("Sound later by more than this is critical, ms. ITU-R BT.1359-1: acceptable up to 185."),
  }),
  thresholds: {
    "sound early by": { option: "earlyWarnMs", told: "above" },
    "sound late by": { option: "lateWarnMs", told: "above" },
  },
  open({ options: limits, track: { audio } }) {
    const flashWatch = openFlashWatch();
    const pictureClock = openClockShift();
    const tracks = audio.map(({ track }) =>
      openSoundSync({ track, limits, flashes: flashWatch.flashes, pictureClock }),
    );

    return {
      push({ origin: { step, media, track }, clocks, picture, sounds }) {
        const sync = tracks[track];
        const features = sounds[track];
        const clock = clocks.sounds[track];
        if (media === "audio") {
          if (!sync || !features || !clock) return undefined;
          return step === "placed" ? sync.place(clock) : sync.measure(features);
        }
        if (step === "placed") {
          if (clocks.picture) pictureClock.place(clocks.picture);
          return undefined;
        }
        if (!picture || !flashWatch.push(picture.frame, picture.luma)) return undefined;
        return tracks.flatMap((each) => each.flashed(picture.frame.durationSeconds) ?? []);
      },
      finish: (reason) => tracks.flatMap((each) => each.finish(reason) ?? []),
    };
  },
});
