import type { AudioFeatures } from "@glasswatch/core/audio-features";
import type { Detections } from "@glasswatch/core/detector";
import { openAudioFeatures } from "@glasswatch/kernels/audio-features";
import fc from "fast-check";
import { expect, test } from "vitest";
import { detectors } from "../registry.ts";

const soundDetectors = detectors.filter(({ media }) => media === "audio");

/** Rates from telephones to studios, and some that no device has. */
const sampleRate = fc.oneof(
  fc.constantFrom(8000, 16_000, 44_100, 48_000, 96_000),
  fc.integer({ min: 100, max: 50_000 }),
);

const unit = fc.record({
  samples: fc.integer({ min: 1, max: 3000 }),
  channels: fc.integer({ min: 1, max: 6 }),
  level: fc.constantFrom(0, 1e-4, 0.1, 1, 4),
  /** Seconds that are missing before it, or that it overlaps. */
  gapSeconds: fc.constantFrom(0, 0, 0, 0.5, -0.02, 10),
});

/** Noise that is the same each time, without a period that matters. */
function noise(length: number, seed: number, level: number): Float32Array {
  let state = seed + 1;
  return Float32Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return level * (state / 1_073_741_823.5 - 1);
  });
}

test.each(soundDetectors.map((detector) => [detector.id, detector] as const))(
  "%s takes sound of any rate, form and length, and closes what it opened",
  (_id, detector) => {
    fc.assert(
      fc.property(sampleRate, fc.array(unit, { minLength: 1, maxLength: 12 }), (rate, units) => {
        const track = { track: 0, codec: "pcm_f32le", channels: 2, sampleRate: rate, channelLayout: "stereo" };
        // The registry's own type hides which features each detector needs; the extractor has them all.
        const open = detector.open as (setup: unknown) => {
          push(features: AudioFeatures): Detections;
          finish(reason: "end"): Detections;
        };
        const instance = open({ options: detector.options.parse({}), expectation: undefined, track });
        const opened = new Set<number | undefined>();
        const note = (told: Detections) => {
          for (const { state, channel } of told ?? [])
            state === "closed" ? opened.delete(channel) : opened.add(channel);
        };
        const extractor = openAudioFeatures(track, () => note(instance.push(extractor.features)));
        let timeSeconds = 0;
        for (const [index, { samples, channels, level, gapSeconds }] of units.entries()) {
          timeSeconds = Math.max(0, timeSeconds + gapSeconds);
          extractor.push({
            kind: "sound",
            track: 0,
            timeSeconds,
            durationSeconds: samples / rate,
            clockStepSeconds: gapSeconds,
            declaredDiscontinuity: false,
            sampleRate: rate,
            channels: Array.from({ length: channels }, (_, channel) => noise(samples, 7 * index + channel, level)),
          });
          timeSeconds += samples / rate;
        }
        extractor.flush();
        note(instance.finish("end"));
        expect([...opened]).toEqual([]);
      }),
      { numRuns: 60 },
    );
  },
);
