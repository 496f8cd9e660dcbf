/** As far in as one can see: a few pictures. */
const narrowestSeconds = 0.2;

/** Which stretch of its time a timeline shows. Every change is told to `onChange`. */
export function openView(whole, onChange) {
  const least = Math.min(narrowestSeconds, whole.end - whole.start);
  let current = { ...whole };

  /** Kept within the whole and no narrower than makes sense. */
  function show(start, end) {
    const span = Math.min(Math.max(end - start, least), whole.end - whole.start);
    const from = Math.min(Math.max((start + end - span) / 2, whole.start), whole.end - span);
    current = { start: from, end: from + span };
    onChange(current);
  }

  return {
    whole,
    now: () => current,
    show,
    showAll: () => show(whole.start, whole.end),
    /** By a factor below 1 to go in, keeping one moment where it is. */
    zoom(factor, atSeconds = (current.start + current.end) / 2) {
      show(atSeconds - (atSeconds - current.start) * factor, atSeconds + (current.end - atSeconds) * factor);
    },
    pan(seconds) {
      const span = current.end - current.start;
      const start = Math.min(Math.max(current.start + seconds, whole.start), whole.end - span);
      show(start, start + span);
    },
    /** Moves only where the span is not in sight already. */
    reveal(start, end) {
      if (start >= current.start && end <= current.end) return;
      const span = Math.max(current.end - current.start, (end - start) * 1.5);
      show((start + end - span) / 2, (start + end + span) / 2);
    },
  };
}
