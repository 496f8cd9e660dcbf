import { GlasswatchError } from "@glasswatch/core/errors";
import { encodeJpegs } from "@glasswatch/media/encode-jpegs";
import type { ScanOutcome, Snapshot } from "@glasswatch/pipeline/scan-types";
import type { FindingPictures, ReportPicture, ReportThumbnails } from "./report-input.ts";

const roles = ["before", "during", "after"] as const;

/**
 * The outcomes' snapshots as JPEGs. Where the ffmpeg program is missing or fails there are none, and the report says
 * why: it is worth having without them.
 */
export async function makeThumbnails(outcomes: readonly ScanOutcome[]): Promise<ReportThumbnails> {
  const snapshots = [...new Set(outcomes.flatMap(({ snapshots }) => snapshots.flatMap(snapshotsOf)))];
  try {
    const jpegs = await encodeJpegs(snapshots);
    const pictures = new Map(snapshots.map((snapshot, index) => [snapshot, picture(snapshot, jpegs[index])]));
    return { byOutcome: outcomes.map((outcome) => picturesOf(outcome, pictures)) };
  } catch (error) {
    if (!(error instanceof GlasswatchError)) throw error;
    return { byOutcome: outcomes.map(() => new Map()), unavailable: error.message };
  }
}

type Snapshots = ScanOutcome["snapshots"][number];

function snapshotsOf(snapshots: Snapshots): Snapshot[] {
  return roles.map((role) => snapshots[role]).filter((snapshot) => snapshot !== undefined);
}

function picture({ timeSeconds, width, height }: Snapshot, jpeg: Uint8Array | undefined): ReportPicture {
  return { jpeg: jpeg ?? new Uint8Array(), timeSeconds, width, height };
}

function picturesOf({ snapshots }: ScanOutcome, pictures: ReadonlyMap<Snapshot, ReportPicture>) {
  return new Map<string, FindingPictures>(
    snapshots.map((own) => {
      const shown = roles.flatMap((role) => {
        const made = own[role] && pictures.get(own[role]);
        return made ? [[role, made] as const] : [];
      });
      return [own.findingId, Object.fromEntries(shown)];
    }),
  );
}
