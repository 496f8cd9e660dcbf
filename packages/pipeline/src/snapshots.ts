import type { Finding } from "@glasswatch/core/finding";
import type { Picture } from "@glasswatch/core/media";
import type { FindingSnapshots, Snapshot } from "./scan-types.ts";
import { shrink } from "./shrink.ts";

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
