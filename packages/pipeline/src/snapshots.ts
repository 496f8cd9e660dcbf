import type { Finding } from "@glasswatch/core/finding";
import type { Picture } from "@glasswatch/core/media";
import type { FindingSnapshots, Snapshot } from "./scan-types.ts";

const keptSnapshots = 16;
const intervalSeconds = 0.5;
/** Three small pictures a finding are 260 kB; past this many findings the pictures are left out. */
const illustratedFindings = 60;

/** Small pictures of what was on screen before, during and after each finding, of pictures or of sound. */
export interface Snapshots {
  /** The picture that is about to be analysed. Its planes are read until `hide`. */
  show(picture: Picture): void;
  hide(): void;
  /** A finding as it stands now. */
  note(finding: Finding): void;
  all(): readonly FindingSnapshots[];
  /** The pictures of a finding as far as they are there; nothing is kept of it. */
  take(findingId: string): FindingSnapshots;
}

interface Illustration {
  finding: Finding;
  before?: Snapshot | undefined;
  during?: Snapshot | undefined;
  after?: Snapshot | undefined;
}

export function openSnapshots(): Snapshots {
  const kept: Snapshot[] = [];
  const illustrations = new Map<string, Illustration>();
  /** Closed findings whose first picture afterwards is still to come. */
  let awaitingAfter: Illustration[] = [];
  let shown: Picture | undefined;
  let shownSmall: Snapshot | undefined;

  function current(): Snapshot | undefined {
    if (shown) shownSmall ??= copyOf(shown);
    return shownSmall;
  }

  function keep(picture: Picture): void {
    const last = kept.at(-1);
    const isSoon =
      last && picture.timeSeconds >= last.timeSeconds && picture.timeSeconds < last.timeSeconds + intervalSeconds;
    if (isSoon) return;
    const snapshot = current();
    if (snapshot) kept.push(snapshot);
    if (kept.length > keptSnapshots) kept.shift();
  }

  function illustrate(illustration: Illustration): void {
    const { finding } = illustration;
    illustration.before ??= kept.findLast(({ timeSeconds }) => timeSeconds < finding.startSeconds - 0.001);
    illustration.during ??= kept.findLast((snapshot) => isWithin(finding, snapshot.timeSeconds));
    if (!illustration.during && shown && isWithin(finding, shown.timeSeconds)) illustration.during = current();
    if (finding.endSeconds === null) return;
    // Shorter than the distance of kept pictures: the one on screen at the time.
    illustration.during ??= kept.findLast(({ timeSeconds }) => timeSeconds <= finding.startSeconds) ?? current();
    awaitingAfter.push(illustration);
    fillAfter();
  }

  function fillAfter(): void {
    const due = (illustration: Illustration) =>
      shown && shown.timeSeconds >= (illustration.finding.endSeconds ?? 0) - 0.001;
    for (const illustration of awaitingAfter) if (due(illustration)) illustration.after = current();
    awaitingAfter = awaitingAfter.filter((illustration) => !due(illustration));
  }

  return {
    show(picture) {
      shown = picture;
      shownSmall = undefined;
      keep(picture);
      if (awaitingAfter.length > 0) fillAfter();
    },
    hide() {
      shown = undefined;
    },
    note(finding) {
      const known = illustrations.get(finding.id);
      if (!known && illustrations.size >= illustratedFindings) return;
      const illustration = known ?? { finding };
      illustration.finding = finding;
      illustrations.set(finding.id, illustration);
      illustrate(illustration);
    },
    take(findingId) {
      const { before, during } = illustrations.get(findingId) ?? {};
      illustrations.delete(findingId);
      return { findingId, before, during };
    },
    all: () => [...illustrations].map(([findingId, { finding: _, ...pictures }]) => ({ findingId, ...pictures })),
  };
}

function isWithin({ startSeconds, endSeconds }: Finding, timeSeconds: number): boolean {
  return timeSeconds >= startSeconds - 0.001 && timeSeconds < (endSeconds ?? Number.POSITIVE_INFINITY);
}

/** The small picture, as its own memory without padding. */
function copyOf(picture: Picture): Snapshot {
  const { width, height, planes, strides } = picture.readSmall();
  const yuv420 = new Uint8Array((width * height * 3) / 2);
  let at = 0;
  for (const [index, plane] of planes.entries()) {
    const columns = index === 0 ? width : width / 2;
    const lines = index === 0 ? height : height / 2;
    const stride = strides[index] as number;
    for (let line = 0; line < lines; line++, at += columns) {
      yuv420.set(plane.subarray(line * stride, line * stride + columns), at);
    }
  }
  return { timeSeconds: picture.timeSeconds, width, height, yuv420, fullRange: picture.format.fullRange };
}
