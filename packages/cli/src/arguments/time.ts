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
