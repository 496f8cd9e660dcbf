import { timeCode } from "./client/ticks.js";

const minus = "\u2212";

/** Hours, minutes, seconds and milliseconds: `00:01:02.345`. */
export const formatTimeCode: (seconds: number) => string = timeCode;

/** Up to three significant decimals and no trailing zeros, with a true minus sign; −∞ for digital silence. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "?" : value < 0 ? `${minus}∞` : "∞";
  const magnitude = Math.abs(value);
  const rounded =
    magnitude !== 0 && magnitude < 0.01 ? magnitude.toPrecision(2) : String(roundTo(magnitude, decimals(magnitude)));
  return value < 0 && Number(rounded) !== 0 ? `${minus}${rounded}` : rounded;
}

function decimals(magnitude: number): number {
  if (magnitude >= 1000) return 0;
  return magnitude >= 100 ? 1 : 3;
}

function roundTo(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

/** A length of time in words that fit its size: `40 ms`, `2.96 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return `${formatNumber(Math.round(seconds * 1000))} ms`;
  if (seconds < 60) return `${roundTo(seconds, 2)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
}

/** `1 input`, `3 inputs`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
