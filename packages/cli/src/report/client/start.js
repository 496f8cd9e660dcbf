import { drawCursor, drawView } from "./drawing.js";
import { goTo, startFindings } from "./findings.js";
import { drawControls, startControls, startGestures, startOverview, timeAt } from "./gestures.js";
import { startTheme } from "./theme.js";
import { timeCode } from "./ticks.js";
import { openView } from "./view.js";

function startTimeline(part) {
  const timeline = part.querySelector(".timeline");
  if (!timeline) return;
  const { start, end, plots } = JSON.parse(part.querySelector(".timeline-data").textContent);
  const whole = { start, end };
  const tracks = timeline.querySelector(".tracks");
  const controls = part.querySelector(".controls");
  const view = openView(whole, draw);

  function draw(current) {
    drawView(timeline, current, whole);
    drawControls(controls, current, whole, `${timeCode(current.start)} – ${timeCode(current.end)}`);
  }

  startControls(controls, view);
  startGestures(tracks, view);
  startOverview(timeline.querySelector(".overview svg"), view);
  startFindings(part.closest(".input"), timeline, view, document.querySelector(".tip"));
  tracks.addEventListener("pointermove", (event) => {
    const at = timeAt(tracks, view, event.clientX);
    drawCursor(timeline, plots, at.seconds, at);
  });
  tracks.addEventListener("pointerleave", () => drawCursor(timeline, plots, null));
  part.querySelector(".hint").hidden = false;
  new ResizeObserver(() => draw(view.now())).observe(tracks);
}

startTheme(document.querySelector(".theme"));
for (const part of document.querySelectorAll(".timeline-part")) startTimeline(part);

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || !link) return;
  const target = document.getElementById(link.getAttribute("href").slice(1));
  if (!target) return;
  event.preventDefault();
  history.replaceState(null, "", link.getAttribute("href"));
  goTo(target);
  if (!target.classList.contains("card")) target.scrollIntoView({ block: "start" });
});
const linked = location.hash && document.getElementById(location.hash.slice(1));
if (linked) goTo(linked);
