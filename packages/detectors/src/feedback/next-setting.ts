import type { OptionDoc } from "../docs.ts";
import type { JudgedQuantity } from "./judged-quantities.ts";

/** Levels in decibels have no zero to take a share from. */
const levelUnits = new Set(["dB", "dBFS", "dBTP", "LU", "LUFS", "LKFS"]);
const levelMargin = 1;
const levelReach = 6;
const marginShare = 0.1;

/**
 * The value of an option that would just not have told what was measured, with a margin for the next of its kind: a tenth
 * of the value, or of what is left of the option's range, or 1 dB. Undefined where there is none within reach: a threshold
 * that is moved by more than 6 dB, or to more than twice or less than half, makes the detector another one.
 */
export function nextSetting({ told, setTo, measuredAt }: JudgedQuantity, option: OptionDoc): number | undefined {
  const sign = told === "below" ? -1 : 1;
  const bound = (sign > 0 ? option.maximum : option.minimum) ?? sign * Number.POSITIVE_INFINITY;
  const room = sign * (bound - measuredAt);
  if (room <= 0) return undefined;

  // How far apart two levels may be has a zero, whatever its unit.
  const isLevel = told !== "apart" && option.unit !== undefined && levelUnits.has(option.unit);
  const margin = Math.min(isLevel ? levelMargin : marginShare * Math.abs(measuredAt), marginShare * room);
  const value = option.type === "integer" ? wholeBeyond(measuredAt, margin, sign) : beyond(measuredAt, margin, sign);
  const clamped = sign * value > sign * bound ? bound : value;
  if (sign * clamped <= sign * measuredAt || sign * clamped <= sign * setTo) return undefined;
  return isWithinReach(setTo, clamped, isLevel) ? clamped : undefined;
}

function wholeBeyond(measured: number, margin: number, sign: number): number {
  return sign * Math.ceil(sign * measured + Math.max(1, margin));
}

/** Rounded outwards to the first digit that the margin is made of. */
function beyond(measured: number, margin: number, sign: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(margin, 1e-6)));
  return Number((sign * Math.ceil((sign * measured + margin) / step - 1e-9) * step).toPrecision(9));
}

function isWithinReach(from: number, to: number, isLevel: boolean): boolean {
  if (isLevel) return Math.abs(to - from) <= levelReach;
  return Math.abs(to - from) <= (Math.abs(to) < Math.abs(from) ? Math.abs(from) / 2 : Math.abs(from));
}
