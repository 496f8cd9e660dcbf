/** `+49…45`: enough to tell numbers of a list apart, and not to call one. */
export function maskNumber(number: string): string {
  return number.length > 7 ? `${number.slice(0, 3)}…${number.slice(-2)}` : "…";
}
