import type { Finding } from "@glasswatch/core/finding";
import type { Picture } from "@glasswatch/core/media";
import type { FindingSnapshots, Snapshot } from "./scan-types.ts";

const widthPixels = 320;
const keptSnapshots = 16;
const intervalSeconds = 0.5;
/** Three small pictures a finding are 260 kB; past this many findings the pictures are left out. */
const illustratedFindings = 60;

/** Small pictures of what was on screen before, during and after each finding. */
export interface Snapshots {
  /** The picture that is being analysed: call before detectors see it. */
  show(picture: Picture): void;
  /** The picture's planes are gone; what `note` needs from now on comes from the kept ones. */
  hide(): void;
  note(finding: Finding): void;
  all(): readonly FindingSnapshots[];
}

export function openSnapshots(): Snapshots {
  const kept: Snapshot[] = [];
  const byFinding = new Map<string, FindingSnapshots>();
  let shown: Picture | undefined;

  function current(): Snapshot | undefined {
    return shown ? shrink(shown) : kept.at(-1);
  }

  function before(startSeconds: number): Snapshot | undefined {
    return kept.findLast((snapshot) => snapshot.timeSeconds < startSeconds - 0.001);
  }

  return {
    show(picture) {
      shown = picture;
      const last = kept.at(-1);
      if (last && picture.timeSeconds >= last.timeSeconds && picture.timeSeconds < last.timeSeconds + intervalSeconds)
        return;
      kept.push(shrink(picture));
      if (kept.length > keptSnapshots) kept.shift();
    },
    hide() {
      shown = undefined;
    },
    note(finding) {
      const known = byFinding.get(finding.id);
      if (!known && byFinding.size >= illustratedFindings) return;
      const first = known ?? {
        findingId: finding.id,
        ...optional("before", before(finding.startSeconds)),
        ...optional("during", during(finding, kept) ?? current()),
      };
      const after = finding.endSeconds === null ? undefined : current();
      const isAfter = after !== undefined && after.timeSeconds >= (finding.endSeconds ?? 0) - 0.001;
      byFinding.set(finding.id, { ...first, ...optional("after", isAfter ? after : undefined) });
    },
    all: () => [...byFinding.values()],
  };
}

/** A kept picture from within the finding, when it is told late or all at once. */
function during({ startSeconds, endSeconds }: Finding, kept: readonly Snapshot[]): Snapshot | undefined {
  return kept.findLast(
    ({ timeSeconds }) => timeSeconds >= startSeconds && timeSeconds < (endSeconds ?? Number.POSITIVE_INFINITY),
  );
}

function optional<Name extends string>(name: Name, snapshot: Snapshot | undefined): { [N in Name]?: Snapshot } {
  return (snapshot ? { [name]: snapshot } : {}) as { [N in Name]?: Snapshot };
}

/** Point-sampled: good enough to recognise a scene by, and cheap enough to do twice a second. */
function shrink({ format, planes, strides, pixelAspectRatio, timeSeconds }: Picture): Snapshot {
  const width = Math.max(2, Math.min(widthPixels, format.width) & ~1);
  const shownWidth = format.width * (pixelAspectRatio || 1);
  const height = Math.max(2, Math.min(720, Math.round((width * format.height) / shownWidth)) & ~1);
  const yuv420 = new Uint8Array((width * height * 3) / 2).fill(128);
  const bytes = format.bitDepth > 8 ? 2 : 1;
  const shift = format.bitDepth - 8;

  function sample(plane: Uint8Array, stride: number, from: Size, to: Size, offset: number): void {
    for (let row = 0; row < to.height; row++) {
      const line = Math.floor(((row + 0.5) * from.height) / to.height) * stride;
      for (let column = 0; column < to.width; column++) {
        const at = line + Math.floor(((column + 0.5) * from.width) / to.width) * bytes;
        const value = plane[at] ?? 0;
        yuv420[offset + row * to.width + column] = bytes === 1 ? value : (value | ((plane[at + 1] ?? 0) << 8)) >> shift;
      }
    }
  }

  const luma = planes[0];
  if (luma) sample(luma, strides[0] ?? 0, format, { width, height }, 0);
  if (format.chroma) {
    const { shiftX, shiftY } = format.chroma;
    const from = {
      width: (format.width + (1 << shiftX) - 1) >> shiftX,
      height: (format.height + (1 << shiftY) - 1) >> shiftY,
    };
    const to = { width: width / 2, height: height / 2 };
    for (const plane of [1, 2]) {
      const samples = planes[plane];
      if (samples) sample(samples, strides[plane] ?? 0, from, to, width * height + ((plane - 1) * width * height) / 4);
    }
  }
  return { timeSeconds, width, height, yuv420, fullRange: format.fullRange };
}

interface Size {
  readonly width: number;
  readonly height: number;
}
