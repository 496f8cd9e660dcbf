import { type Detection, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { roundTenth, toDb } from "./decibels.ts";
import { openTopWindow, type TopWindow } from "./top-window.ts";

/**
 * At full scale a broad top is an overload whatever made it. Below, an oscillator may mean it: each top that repeats the
 * one before it speaks for that, and takes another with it.
 */
const fullScale = 0.985;
const secondsLookedBack = 10;
/** Between two words or beats that overload there is less than this, and they are one clipping. */
const joinSeconds = 2;

export const audioClipping = defineDetector({
  id: "audio-clipping",
  title: "Clipped sound",
  why: "Sound that was recorded or mixed too hot crackles and distorts, and turning it down later does not heal it.",
  method:
    "Tops of the waveform that are cut off flat, or rounded as a codec leaves cut ones, are counted. It is told when one channel has several of them within a second; further clipped seconds soon after make it major.",
  standard:
    "Own measurement: flat runs of 3 samples and more at one extreme; broad half waves where a lossy codec has rounded them",
  media: "audio",
  needs: ["block", "clipping"],
  options: z.strictObject({
    minTops: z
      .int()
      .min(1)
      .max(1000)
      .default(5)
      .describe(
        "Cut-off tops of one channel within 1 s that make a clipping. Loud masters and limiters leave up to 4 by chance; clipping 6 dB deep leaves tens.",
      ),
    majorFrom: z
      .int()
      .min(1)
      .max(10)
      .default(3)
      .describe(
        "Clipped seconds within 10 s that make it major. A single overloaded word or drum is minor; the third clipped second in ten, in one stretch or several, says that the level is wrong.",
      ),
  }),
  thresholds: { "cut-off tops in the worst second": { option: "minTops", told: "above" } },
  open({ options }) {
    // A clipping that has begun goes on with half as many, or a quieter word would break it in two.
    const lasting = Math.ceil(options.minTops / 2);
    let windows: readonly TopWindow[] = [];
    let startSeconds: number | undefined;
    let lastSeconds = 0;
    let severity: Detection["severity"] = "minor";
    let most = 0;
    let worstChannel = 0;
    let total = 0;
    let ceiling = 0;
    let exact = false;
    /** When clipped seconds were counted, the latest last. */
    let marks: readonly number[] = [];

    function tell(state: Detection["state"], start: number): readonly Detection[] {
      return [
        {
          state,
          startSeconds: start,
          endSeconds: state === "closed" ? lastSeconds : null,
          severity,
          confidence: exact ? 0.95 : 0.8,
          measurements: [
            { name: "cut-off tops in the worst second", value: most, unit: "tops", threshold: options.minTops },
            { name: "cut-off tops", value: total, unit: "tops" },
            { name: "level of the cut", value: roundTenth(toDb(ceiling)), unit: "dBFS" },
            { name: "worst channel", value: worstChannel, unit: "channel" },
          ],
        },
      ];
    }

    function mark(now: number): void {
      const latest = marks.at(-1);
      if (latest !== undefined && now - latest < 1 && now >= latest) return;
      marks = [...marks.filter((time) => now - time < secondsLookedBack), now];
    }

    function close(): readonly Detection[] | undefined {
      if (startSeconds === undefined) return undefined;
      const told = tell("closed", startSeconds);
      startSeconds = undefined;
      for (const window of windows) window.clear();
      severity = "minor";
      most = 0;
      total = 0;
      exact = false;
      return told;
    }

    return {
      push({ block, clipping }) {
        if (windows.length !== block.channels) windows = Array.from({ length: block.channels }, openTopWindow);
        const endSeconds = block.timeSeconds + block.durationSeconds;
        let clipped = false;
        let enough = false;
        let first = Number.POSITIVE_INFINITY;
        for (let channel = 0; channel < windows.length; channel++) {
          const window = windows[channel] as TopWindow;
          const at = 3 * channel;
          const flat = clipping.tops[at] ?? 0;
          const meant = (clipping.ceiling[channel] ?? 0) < fullScale ? 2 * (clipping.tops[at + 2] ?? 0) : 0;
          const square = (clipping.tops[at + 1] ?? 0) - meant;
          const tops = Math.max(0, flat, square);
          window.add(flat, square, block.timeSeconds);
          if (window.tops < (startSeconds === undefined ? options.minTops : lasting)) continue;
          clipped = true;
          enough ||= window.tops >= options.minTops;
          first = Math.min(first, window.firstSeconds());
          exact ||= window.exact;
          total += startSeconds === undefined ? window.tops : tops;
          if (tops > 0 || startSeconds === undefined) lastSeconds = endSeconds;
          if (window.tops > most) {
            most = window.tops;
            worstChannel = channel;
            ceiling = clipping.ceiling[channel] ?? 0;
          }
        }
        if (!clipped) return endSeconds - lastSeconds > joinSeconds ? close() : undefined;
        if (enough) mark(block.timeSeconds);
        const now = marks.length >= options.majorFrom ? "major" : severity;
        if (startSeconds === undefined) {
          startSeconds = first;
          severity = now;
          return tell("opened", startSeconds);
        }
        if (now === severity) return undefined;
        severity = now;
        return tell("updated", startSeconds);
      },
      finish: (reason) => (reason === "end" ? close() : undefined),
    };
  },
});
