import { drawPointed } from "./drawing.js";

const tipGap = 14;

/** Opens whatever is folded around an element, brings it into sight and gives it the focus. */
export function goTo(element) {
  for (let folded = element.closest("details:not([open])"); folded; folded = element.closest("details:not([open])")) {
    folded.open = true;
  }
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "center" });
}

/** Bars and cards of one input, as pairs that light up together. */
export function startFindings(input, timeline, view, tip) {
  const bars = [...timeline.querySelectorAll("a.bar")];
  const pairs = bars.map((bar) => {
    const card = document.getElementById(bar.getAttribute("href").slice(1));
    const start = Number(card.dataset.start);
    return { bar, card, start, end: card.dataset.end === "" ? view.whole.end : Number(card.dataset.end) };
  });
  const byElement = new Map(
    pairs.flatMap((pair) => [
      [pair.bar, pair],
      [pair.card, pair],
    ]),
  );
  let pointed = null;

  function point(pair) {
    if (pair === pointed) return;
    for (const element of [pointed?.bar, pointed?.card]) element?.classList.remove("pointed-at");
    for (const element of [pair?.bar, pair?.card]) element?.classList.add("pointed-at");
    drawPointed(timeline, pair, view.whole);
    pointed = pair;
  }

  function pairOf(event) {
    return byElement.get(event.target.closest("a.bar, .card")) ?? null;
  }

  for (const type of ["pointerover", "focusin"]) {
    input.addEventListener(type, (event) => {
      const pair = pairOf(event);
      point(pair);
      if (pair && event.target.closest("a.bar")) showTip(tip, pair.bar);
      else tip.hidden = true;
    });
  }
  input.addEventListener("pointerleave", () => {
    point(null);
    tip.hidden = true;
  });
  input.addEventListener("click", (event) => {
    const pair = event.target.closest(".locate") ? pairOf(event) : null;
    if (!pair) return;
    const room = Math.max(pair.end - pair.start, 2) * 1.5;
    view.show(pair.start - room, pair.end + room);
    timeline.scrollIntoView({ block: "start" });
    focusBar(pair);
  });
  for (const button of input.querySelectorAll(".locate")) button.hidden = false;

  const inOrder = pairs.toSorted((a, b) => a.start - b.start || a.end - b.end);
  /** The timeline is one stop of the Tab key; within it the arrow keys go from finding to finding. */
  function focusBar(pair) {
    for (const { bar } of pairs) bar.setAttribute("tabindex", bar === pair.bar ? "0" : "-1");
    view.reveal(pair.start, pair.end);
    pair.bar.focus({ preventScroll: true });
  }
  for (const { bar } of pairs) bar.setAttribute("tabindex", bar === inOrder[0]?.bar ? "0" : "-1");

  timeline.addEventListener("keydown", (event) => {
    const pair = byElement.get(event.target.closest?.("a.bar"));
    const next = pair && neighbour(inOrder, pair, event.key);
    if (!next) return;
    event.preventDefault();
    focusBar(next);
  });
}

function neighbour(inOrder, pair, key) {
  const index = inOrder.indexOf(pair);
  if (key === "ArrowRight") return inOrder[index + 1];
  if (key === "ArrowLeft") return inOrder[index - 1];
  if (key === "Home") return inOrder[0];
  if (key === "End") return inOrder.at(-1);
  if (key !== "ArrowUp" && key !== "ArrowDown") return undefined;
  return nearestInLane(inOrder, pair, key === "ArrowUp" ? "previousElementSibling" : "nextElementSibling");
}

function nearestInLane(inOrder, pair, direction) {
  let lane = pair.bar.closest(".lane")[direction];
  while (lane && !lane.querySelector("a.bar")) lane = lane[direction];
  if (!lane) return undefined;
  const distance = ({ start }) => Math.abs(start - pair.start);
  return inOrder.filter(({ bar }) => lane.contains(bar)).sort((a, b) => distance(a) - distance(b))[0];
}

function showTip(tip, bar) {
  tip.textContent = bar.getAttribute("aria-label");
  tip.hidden = false;
  const at = bar.getBoundingClientRect();
  const left = Math.min(Math.max(8, Math.max(0, at.left)), innerWidth - tip.offsetWidth - 8);
  const above = at.top - tip.offsetHeight - tipGap;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 8 ? above : at.bottom + tipGap}px`;
}
