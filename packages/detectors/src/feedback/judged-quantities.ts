import type { AnyDetector, Threshold } from "@glasswatch/core/detector";
import type { Finding } from "@glasswatch/core/finding";
import type { Profile } from "@glasswatch/core/profile";

/** Something that was measured and that an option decides about. */
export interface JudgedQuantity {
  /** The measurement's name, or `length` of the finding. */
  readonly name: string;
  readonly option: string;
  readonly told: Threshold<never>["told"];
  /** What the option is set to. */
  readonly setTo: number;
  /** The option's value that would put the threshold at what was measured. */
  readonly measuredAt: number;
}

/** Options as a detector works with them: what the profile expects comes before what it sets. */
export function effectiveOptions(detector: AnyDetector, profile: Profile): Readonly<Record<string, unknown>> {
  const options = detector.options.parse(profile.detectors[detector.id]?.options ?? {});
  return { ...options, ...expected(detector, profile) };
}

/** Where in a profile an option is set that the detector works with. */
export function placeOfOption(detector: AnyDetector, profile: Profile, option: string): readonly [string, ...string[]] {
  const { id, expectation } = detector;
  return expectation && Object.hasOwn(expected(detector, profile), option)
    ? ["expect", expectation.name, option]
    : ["detectors", id, "options", option];
}

function expected({ expectation }: AnyDetector, profile: Profile): object {
  const said = expectation && profile.expect[expectation.name];
  return typeof said === "object" && said !== null ? said : {};
}

/** All that could have made a finding not one. */
export function judgedQuantities(
  detector: AnyDetector,
  { measurements, startSeconds, endSeconds }: Finding,
  profile: Profile,
): readonly JudgedQuantity[] {
  const { thresholds = {}, lasting } = detector;
  const options = effectiveOptions(detector, profile);
  const measured = measurements.flatMap((measurement) => {
    const threshold = Object.hasOwn(thresholds, measurement.name) ? thresholds[measurement.name] : undefined;
    if (threshold?.option === undefined) return [];
    const { option, told } = threshold;
    const measuredAt = threshold.optionAt ? threshold.optionAt(measurement, options) : measurement.value;
    return quantity({ name: measurement.name, option, told, setTo: options[option], measuredAt });
  });
  if (lasting === undefined || endSeconds === null) return measured;
  const measuredAt = endSeconds - startSeconds;
  return [
    ...measured,
    ...quantity({ name: "length", option: lasting, told: "above", setTo: options[lasting], measuredAt }),
  ];
}

function quantity(judged: Omit<JudgedQuantity, "setTo"> & { readonly setTo: unknown }): readonly JudgedQuantity[] {
  const { setTo } = judged;
  return typeof setTo === "number" && Number.isFinite(judged.measuredAt) ? [{ ...judged, setTo }] : [];
}
