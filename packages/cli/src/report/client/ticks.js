const steps = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
  10800, 21600, 43200, 86400,
];

/** Round times between two others, at most `count` steps apart, with labels as fine as their distance needs. */
export function timeTicks(startSeconds, endSeconds, count) {
  const span = endSeconds - startSeconds;
  const step = steps.find((candidate) => span / candidate <= count) ?? Math.ceil(span / count / 86400) * 86400;
  const ticks = [];
  for (let index = Math.ceil(startSeconds / step - 1e-9); index * step <= endSeconds + step * 1e-9; index++) {
    const seconds = index * step;
    ticks.push({ seconds, label: tickLabel(seconds, step, endSeconds) });
  }
  return ticks;
}

function tickLabel(seconds, step, endSeconds) {
  const decimals = step >= 1 ? 0 : Math.ceil(-Math.log10(step) - 1e-9);
  const scale = 10 ** decimals;
  const total = Math.round(seconds * scale);
  const fraction = decimals > 0 ? `.${String(total % scale).padStart(decimals, "0")}` : "";
  const whole = Math.floor(total / scale);
  const pad = (value) => String(value).padStart(2, "0");
  const minutes = `${pad(Math.floor(whole / 60) % 60)}:${pad(whole % 60)}${fraction}`;
  return endSeconds >= 3600 ? `${Math.floor(whole / 3600)}:${minutes}` : minutes;
}

/** Hours, minutes, seconds and milliseconds: `00:01:02.345`. */
export function timeCode(seconds) {
  const total = Math.round(Math.abs(seconds) * 1000);
  const pad = (value, width) => String(value).padStart(width, "0");
  const clock = [Math.floor(total / 3_600_000), Math.floor(total / 60_000) % 60, Math.floor(total / 1000) % 60];
  return `${seconds < 0 ? "\u2212" : ""}${clock.map((part) => pad(part, 2)).join(":")}.${pad(total % 1000, 3)}`;
}
