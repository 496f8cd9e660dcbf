const secondsPattern = /^\d+(?:\.\d+)?$/;
const clockPattern = /^(?:(\d+):)?([0-5]?\d):([0-5]?\d(?:\.\d+)?)$/;

/** Seconds of `90`, `90.5`, `1:30` or `00:01:30.500`; undefined for anything else, a negative time included. */
export function parseTime(text: string): number | undefined {
  if (secondsPattern.test(text)) return finite(Number(text));
  const clock = clockPattern.exec(text);
  if (!clock) return undefined;
  const [, hours = "0", minutes = "0", seconds = "0"] = clock;
  return finite(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

function finite(seconds: number): number | undefined {
  return Number.isFinite(seconds) ? seconds : undefined;
}

/** `hh:mm:ss.mmm` of a time in seconds, as people read it off a player; rounded to the nearest millisecond. */
export function timeCode(seconds: number): string {
  const milliseconds = Math.round(Math.abs(seconds) * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const clock = `${two(milliseconds / 3_600_000)}:${two((milliseconds / 60_000) % 60)}:${two((milliseconds / 1000) % 60)}`;
  const sign = seconds < 0 && milliseconds > 0 ? "-" : "";
  return `${sign}${clock}.${String(milliseconds % 1000).padStart(3, "0")}`;
}

/** `hh:mm:ss` of a time in seconds, rounded down. */
export function shortTimeCode(seconds: number): string {
  return timeCode(Math.floor(seconds)).slice(0, -4);
}
