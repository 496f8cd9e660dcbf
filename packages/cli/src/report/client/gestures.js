const clickPixels = 4;
const buttonZoom = 0.5;
const panShare = 0.4;

/** Seconds at a place on the screen, and that place within the tracks. */
export function timeAt(tracks, view, clientX) {
  const lane = tracks.querySelector("svg.underlay").getBoundingClientRect();
  const share = Math.min(1, Math.max(0, (clientX - lane.left) / lane.width));
  const { start, end } = view.now();
  const left = `${lane.left - tracks.getBoundingClientRect().left + share * lane.width}px`;
  return { seconds: start + share * (end - start), share, left };
}

/** A mouse drags out a stretch to zoom to; a finger pans and two pinch; Ctrl and the wheel zoom, the wheel sideways pans. */
export function startGestures(tracks, view) {
  const selection = tracks.querySelector(".selection");
  const pointers = new Map();
  let from = null;
  let moved = false;

  function drag(event) {
    const a = timeAt(tracks, view, from.x);
    const b = timeAt(tracks, view, event.clientX);
    selection.hidden = false;
    selection.style.left = Number.parseFloat(a.left) < Number.parseFloat(b.left) ? a.left : b.left;
    selection.style.width = `${Math.abs(Number.parseFloat(a.left) - Number.parseFloat(b.left))}px`;
  }

  function touch(event) {
    const before = [...pointers.values()];
    const old = pointers.get(event.pointerId);
    pointers.set(event.pointerId, event.clientX);
    const { start, end } = view.now();
    const width = tracks.querySelector("svg.underlay").clientWidth;
    if (before.length === 1) {
      view.pan(((old - event.clientX) / width) * (end - start));
    } else if (before.length === 2) {
      const after = [...pointers.values()];
      const [was, is] = [Math.abs(before[0] - before[1]), Math.abs(after[0] - after[1])];
      if (is > 0) view.zoom(was / is, timeAt(tracks, view, (after[0] + after[1]) / 2).seconds);
    }
  }

  function finish(event, zoom) {
    pointers.delete(event.pointerId);
    if (from && moved && zoom) {
      const [a, b] = [from.x, event.clientX].sort((left, right) => left - right);
      view.show(timeAt(tracks, view, a).seconds, timeAt(tracks, view, b).seconds);
    }
    from = null;
    selection.hidden = true;
  }

  tracks.addEventListener("pointerdown", (event) => {
    moved = false;
    if (event.target.closest(".label, summary")) return;
    if (event.pointerType === "touch") pointers.set(event.pointerId, event.clientX);
    else if (event.button === 0) from = { x: event.clientX };
  });
  tracks.addEventListener("pointermove", (event) => {
    if (pointers.has(event.pointerId)) return touch(event);
    if (!from) return;
    if (!moved && Math.abs(event.clientX - from.x) > clickPixels) {
      moved = true;
      tracks.setPointerCapture(event.pointerId);
    }
    if (moved) drag(event);
  });
  tracks.addEventListener("pointerup", (event) => finish(event, true));
  tracks.addEventListener("pointercancel", (event) => finish(event, false));
  tracks.addEventListener("dragstart", (event) => event.preventDefault());
  // What ended a drag is no click on the finding below it.
  tracks.addEventListener("click", (event) => moved && event.preventDefault(), true);
  tracks.addEventListener("dblclick", (event) => event.target.closest(".label, a") || view.showAll());
  tracks.addEventListener(
    "wheel",
    (event) => {
      const { start, end } = view.now();
      if (event.ctrlKey || event.metaKey) {
        view.zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / 200))), timeAt(tracks, view, event.clientX).seconds);
      } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        view.pan((event.deltaX / tracks.clientWidth) * (end - start));
      } else return;
      event.preventDefault();
    },
    { passive: false },
  );
}

/** The overview's frame follows the pointer. */
export function startOverview(overview, view) {
  function centre(event) {
    const { left, width } = overview.getBoundingClientRect();
    const { start, end } = view.now();
    const at = view.whole.start + ((event.clientX - left) / width) * (view.whole.end - view.whole.start);
    view.pan(at - (start + end) / 2);
  }
  overview.addEventListener("pointerdown", (event) => {
    overview.setPointerCapture(event.pointerId);
    centre(event);
  });
  overview.addEventListener("pointermove", (event) => overview.hasPointerCapture(event.pointerId) && centre(event));
}

/** The buttons above a timeline. */
export function startControls(controls, view) {
  const span = () => view.now().end - view.now().start;
  const actions = {
    in: () => view.zoom(buttonZoom),
    out: () => view.zoom(1 / buttonZoom),
    earlier: () => view.pan(-panShare * span()),
    later: () => view.pan(panShare * span()),
    all: () => view.showAll(),
  };
  controls.hidden = false;
  controls.addEventListener("click", (event) => actions[event.target.closest("button")?.dataset.action]?.());
}

/** What can be done from here; a button that holds the focus stays usable so that the focus is not lost. */
export function drawControls(controls, { start, end }, whole, text) {
  const atAll = end - start >= (whole.end - whole.start) * 0.9999;
  const useless = { out: atAll, all: atAll, earlier: start <= whole.start, later: end >= whole.end };
  for (const button of controls.querySelectorAll("button")) {
    button.setAttribute("aria-disabled", String(Boolean(useless[button.dataset.action])));
  }
  controls.querySelector(".range").textContent = text;
}
