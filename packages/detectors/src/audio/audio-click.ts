import { type Detections, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { openBurst } from "./burst.ts";
import { type Click, type ClickFinder, openClickFinder } from "./click-finder.ts";
import { roundTenth, toDb } from "./decibels.ts";

/** A click of all channels is one. */
const sameSeconds = 0.002;
/** What a click is long, for lack of a better end. */
const clickSeconds = 0.001;
/** From the click until it is told. */
const settleSeconds = 0.07;

export const audioClick = defineDetector({
  id: "audio-click",
  title: "Click",
  why: "Samples that were lost, doubled or damaged are heard as clicks; many of them are a crackle that spoils all sound.",
  method:
    "Where samples jump, the sound of the 40 ms on either side teaches how to predict each sample from the 16 before it. A click is an instant at which that prediction fails by far more than anywhere else within those 40 ms. Drums and plosives go on sounding afterwards; clicks do not. Castanets, gravel and fire make such instants by themselves: each that came in the two seconds before asks for 15 % more, up to 2.6 times as much.",
  standard:
    "Impulses that stand out of the residual of a linear prediction, as in Vaseghi's detection of impulsive noise and Essentia's ClickDetector; thresholds are by own measurement",
  media: "audio",
  needs: ["block", "samples"],
  options: z.strictObject({
    minProminence: z
      .number()
      .min(2)
      .max(100)
      .default(4.5)
      .describe(
        "How far the residual stands out of the 40 ms on either side, as a factor. Without clicks it reaches 3.8 in music, voices, percussion and the like, coded or not; lossy coding smears clicks, so that faint ones are lost.",
      ),
    plainPeak: z
      .number()
      .min(0.01)
      .max(1)
      .default(0.25)
      .describe(
        "Peak of the third difference of the samples, full scale being 1, from which that factor is enough; what is half as large has to stand out twice as far, because tongues, lips and mallets make small clicks too. One sample that is off by 0.083 makes 0.25.",
      ),
    majorFrom: z
      .int()
      .min(1)
      .max(100)
      .default(3)
      .describe("Clicks within 10 s that make it major: one is an accident, the third a crackle."),
  }),
  thresholds: { prominence: { option: "minProminence", told: "above" } },
  open({ options }) {
    let finders: readonly ClickFinder[] = [];
    let expectedSeconds = 0;
    let latest: Click | undefined;
    let worstChannel = 0;
    const burst = openBurst({
      majorFrom: options.majorFrom,
      describe: (events) => ({
        confidence: 0.85,
        measurements: [
          {
            name: "prominence",
            value: roundTenth(latest?.prominence ?? 0),
            unit: "",
            threshold: options.minProminence,
          },
          { name: "clicks", value: events, unit: "" },
          { name: "residual", value: roundTenth(toDb(latest?.peak ?? 1)), unit: "dBFS" },
          { name: "channel", value: worstChannel, unit: "channel" },
        ],
      }),
    });

    return {
      push({ block, samples }) {
        const { timeSeconds, durationSeconds, sampleRate } = block;
        if (finders.length !== block.channels) {
          finders = Array.from({ length: block.channels }, () => openClickFinder(options));
        } else if (Math.abs(timeSeconds - expectedSeconds) > 0.02) {
          for (const finder of finders) finder.restart();
        }
        expectedSeconds = timeSeconds + durationSeconds;
        let found: Click | undefined;
        for (let channel = 0; channel < finders.length; channel++) {
          const signal = samples.channels[channel] as Float32Array;
          const click = (finders[channel] as ClickFinder).push(signal, block.samples, timeSeconds, sampleRate);
          if (click === undefined || (found !== undefined && found.peak > click.peak)) continue;
          found = click;
          worstChannel = channel;
        }
        let told: Detections;
        if (
          found !== undefined &&
          !(latest !== undefined && Math.abs(found.timeSeconds - latest.timeSeconds) < sameSeconds)
        ) {
          latest = found;
          told = burst.add(found.timeSeconds, found.timeSeconds + clickSeconds);
        }
        return told ?? burst.advance(timeSeconds - settleSeconds);
      },
      finish: burst.finish,
    };
  },
});
