import type { AnyDetector } from "@glasswatch/core/detector";
import type { Profile } from "@glasswatch/core/profile";
import { detectorDoc } from "@glasswatch/detectors/docs";
import { effectiveOptions, placeOfOption } from "@glasswatch/detectors/feedback/judged-quantities";
import type { ProfileChange } from "@glasswatch/detectors/profile-change";
import type { CalibrationValues } from "@glasswatch/pipeline/calibration-meters";

/** What one detector measured of the clean material. */
export interface Measured {
  readonly detector: string;
  readonly measures: string;
  readonly unit: string;
  /** How many values; the three are NaN without any. */
  readonly count: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

export interface LearnedSetting {
  readonly detector: string;
  readonly option: string;
  /** What it is set to now. */
  readonly was: unknown;
  readonly willBe: number;
  /** The material asked for a looser value than is ever learned. */
  readonly isAtLimit: boolean;
  /** Null where the profile expects the value of the programme: that is for people to say. */
  readonly change: ProfileChange | null;
}

export interface Lesson {
  readonly measured: readonly Measured[];
  readonly settings: readonly LearnedSetting[];
}

/** Values by the second below this say more about one scene than about a channel. */
const fewestSeconds = 10;

/**
 * What the values of all inputs and tracks together teach.
 *
 * @param from what it was learned from, for the profile's comments, e.g. `3 inputs, 12 min`
 */
export function learnOptions(
  values: readonly CalibrationValues[],
  setup: { readonly registry: readonly AnyDetector[]; readonly profile: Profile; readonly from: string },
): Lesson {
  const lessons = setup.registry.flatMap((detector) => {
    if (!detector.calibration || !values.some((own) => own.detector === detector.id)) return [];
    const all = values.filter((own) => own.detector === detector.id).flatMap((own) => own.values);
    return [lessonOf(detector, detector.calibration, Float64Array.from(all).sort(), setup)];
  });
  return {
    measured: lessons.map(({ measured }) => measured),
    settings: lessons.flatMap(({ settings }) => settings),
  };
}

function lessonOf(
  detector: AnyDetector,
  { measures, unit, per, learns }: NonNullable<AnyDetector["calibration"]>,
  sorted: Float64Array,
  { profile, from }: { readonly profile: Profile; readonly from: string },
) {
  const quantile = (share: number) => quantileOf(sorted, share);
  const measured: Measured = {
    detector: detector.id,
    measures,
    unit,
    count: sorted.length,
    low: quantile(0.05),
    median: quantile(0.5),
    high: quantile(0.95),
  };
  const isEnough = sorted.length >= (per === "second" ? fewestSeconds : 1);
  const options = effectiveOptions(detector, profile);
  const defaults = detector.options.parse({});
  const settings = Object.entries(isEnough ? learns : {}).flatMap(([option, learned]): LearnedSetting[] => {
    const wanted = learned?.learn(quantile);
    if (learned === undefined || wanted === undefined || !Number.isFinite(wanted)) return [];
    const { value, isAtLimit } = limited(wanted, learned.loosest, defaults[option]);
    const path = placeOfOption(detector, profile, option);
    if (path[0] === "expect" && typeof options[option] === "number") {
      const expected = options[option];
      return [{ detector: detector.id, option, was: expected, willBe: expected, isAtLimit: false, change: null }];
    }
    const willBe = within(detector, option, Number(value.toPrecision(3)));
    const note = `learned from ${from}: ${isAtLimit ? "as far as it is ever learned" : learned.from}`;
    return [
      {
        detector: detector.id,
        option,
        was: options[option],
        willBe,
        isAtLimit,
        change: { path, value: willBe, note },
      },
    ];
  });
  return { measured, settings };
}

/** On the side on which the loosest value lies of the default, nothing goes beyond it. */
function limited(value: number, loosest: number | undefined, usual: unknown) {
  if (loosest === undefined || typeof usual !== "number") return { value, isAtLimit: false };
  const isBeyond = loosest >= usual ? value > loosest : value < loosest;
  return isBeyond ? { value: loosest, isAtLimit: true } : { value, isAtLimit: false };
}

/** The nearest value that the option may have. */
function within(detector: AnyDetector, option: string, value: number): number {
  const doc = detectorDoc(detector).options.find(({ name }) => name === option);
  const whole = doc?.type === "integer" ? Math.round(value) : value;
  return Math.min(doc?.maximum ?? whole, Math.max(doc?.minimum ?? whole, whole));
}

/** Between the two nearest values; NaN without any. */
function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}
