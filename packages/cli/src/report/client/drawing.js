import { timeCode, timeTicks } from "./ticks.js";

const svgNamespace = "http://www.w3.org/2000/svg";
const pixelsPerTick = 90;

/** Shows a stretch of time on every lane, plot and axis of a timeline: the drawings stay, the window on them moves. */
export function drawView(timeline, { start, end }, whole) {
  for (const svg of timeline.querySelectorAll("svg.time")) {
    const { y, height } = svg.viewBox.baseVal;
    svg.setAttribute("viewBox", `${start - whole.start} ${y} ${end - start} ${height}`);
  }
  for (const axis of timeline.querySelectorAll(".ticks")) drawTicks(axis, start, end);
  const frame = timeline.querySelector(".window");
  frame.setAttribute("x", String(start - whole.start));
  frame.setAttribute("width", String(end - start));
}

function drawTicks(axis, start, end) {
  const width = axis.clientWidth || 800;
  const count = Math.max(2, Math.floor(width / pixelsPerTick));
  const marks = timeTicks(start, end, count).flatMap(({ seconds, label }) => {
    const place = (seconds - start) / (end - start);
    const line = make("line", { x1: `${100 * place}%`, x2: `${100 * place}%`, y1: 0, y2: 5 });
    // The first and the last label stay inside the drawing.
    const anchor = place * width < 30 ? "start" : place * width > width - 30 ? "end" : "middle";
    const text = make("text", { x: `${100 * place}%`, y: 18, style: null });
    text.style.textAnchor = anchor;
    text.textContent = label;
    return [line, text];
  });
  axis.replaceChildren(...marks);
}

function make(name, attributes) {
  const element = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(key, String(value));
  }
  return element;
}

/** Marks a stretch of time behind all lanes and plots; null for none. */
export function drawPointed(timeline, span, whole) {
  const pointed = timeline.querySelector(".pointed");
  const width = span ? Math.max(span.end - span.start, (whole.end - whole.start) * 1e-6) : 0;
  pointed.setAttribute("x", String(span ? span.start - whole.start : 0));
  pointed.setAttribute("width", String(width));
}

/** A line at one moment through all lanes and plots, with what was measured then. */
export function drawCursor(timeline, plots, seconds, place) {
  const cursor = timeline.querySelector(".cursor");
  const hidden = seconds === null;
  cursor.hidden = hidden;
  if (!hidden) {
    cursor.style.left = place.left;
    cursor.classList.toggle("turned", place.share > 0.85);
    cursor.firstElementChild.textContent = timeCode(seconds);
  }
  const panels = timeline.querySelectorAll(".plot");
  plots.forEach((series, panel) => {
    const outputs = panels[panel]?.querySelectorAll("output") ?? [];
    series.forEach((measured, index) => {
      if (outputs[index]) outputs[index].textContent = hidden ? "" : readingAt(measured, seconds);
    });
  });
}

function readingAt({ step, low, high }, seconds) {
  const index = Math.floor(seconds / step);
  const [least, most] = [low[index], high[index]];
  if (least == null || most == null) return "–";
  const shown = [least, most].map((value) => value.toFixed(1).replace("-", "\u2212"));
  return shown[0] === shown[1] ? shown[0] : `${shown[0]} to ${shown[1]}`;
}
