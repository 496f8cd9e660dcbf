import type { Finding } from "@glasswatch/core/finding";
import { mediaRepairActions, mostOffsetSeconds } from "@glasswatch/core/media-repair-actions";
import { isoMuxers } from "@glasswatch/media/packets/rewrite-pictures";
import { copyAll, fileInput, muxing, runFfmpeg } from "./ffmpeg-job.ts";
import { type Change, defineMediaAction, type Job, type PlannedRepair, type Refusal } from "./media-action.ts";

/** Containers count in milliseconds, some of them. */
const leastSeconds = 0.001;

export const realignAudio = defineMediaAction({
  id: "realign-audio",
  ...mediaRepairActions["realign-audio"],
  async plan({ file, findings }, { offsetMs }) {
    const offsets = offsetMs === undefined ? measuredOffsets(findings) : file.sounds.map(givenOffset(offsetMs / 1000));
    const repairs: PlannedRepair[] = [];
    const refusals: Refusal[] = [];
    for (const { track, offsetSeconds, findings } of offsets) {
      const reason = reasonAgainst(offsetSeconds, file.picture !== null);
      if (reason !== undefined) {
        refusals.push({ action: "realign-audio", reason, findings });
        continue;
      }
      repairs.push({
        action: "realign-audio",
        what: `${offsetSeconds > 0 ? "delay" : "advance"} sound ${track + 1} by ${milliseconds(Math.abs(offsetSeconds))}, all streams copied`,
        findings,
        parameters: { track, offsetMs: Math.round(offsetSeconds * 1e4) / 10 },
        step: { to: "file", run: (job) => realign(job, track, offsetSeconds) },
      });
    }
    return { repairs, refusals };
  },
});

interface TrackOffset {
  readonly track: number;
  /** Positive where the sound is early. */
  readonly offsetSeconds: number;
  readonly findings: readonly string[];
}

/** Of a track, the most certain finding counts. */
function measuredOffsets(findings: readonly Finding[]): readonly TrackOffset[] {
  const found = findings.filter(({ kind }) => kind === "av-desync").toSorted((a, b) => b.confidence - a.confidence);
  return [...Map.groupBy(found, ({ subject }) => subject.track)].map(([track, ofTrack]) => ({
    track,
    offsetSeconds: isSteady(ofTrack) ? offsetOf(ofTrack[0] as Finding) : Number.NaN,
    findings: ofTrack.map(({ id }) => id),
  }));
}

const givenOffset =
  (offsetSeconds: number) =>
  ({ track }: { readonly track: number }): TrackOffset => ({ track, offsetSeconds, findings: [] });

function offsetOf({ measurements }: Finding): number {
  return (measurements.find(({ name }) => name === "A/V offset")?.value ?? Number.NaN) / 1000;
}

/** A clock that runs slow, or one that moved midway, is put right by no single offset. */
function isSteady(findings: readonly Finding[]): boolean {
  const drifts = findings.some(({ measurements }) => measurements.some(({ unit }) => unit === "ppm"));
  const offsets = findings.map(offsetOf);
  return !drifts && Math.max(...offsets) - Math.min(...offsets) < 0.02;
}

function reasonAgainst(offsetSeconds: number, hasPicture: boolean): string | undefined {
  if (!hasPicture) return "there are no pictures to align the sound with";
  if (Number.isNaN(offsetSeconds)) {
    return "sound and pictures drift apart or jump: no single offset puts that right; make the file again from its source";
  }
  if (Math.abs(offsetSeconds) < leastSeconds) return "the offset is less than containers can tell (1 ms)";
  if (Math.abs(offsetSeconds) > mostOffsetSeconds)
    return `an offset of more than ${mostOffsetSeconds} s is none of the same programme`;
  return undefined;
}

/**
 * Moves the timestamps of one track. MP4 says by an edit list where sound begins that reaches back before the first picture
 * (ISO/IEC 14496-12 §8.6.6); elsewhere everything would begin later for its sake, so that packets are left out instead.
 */
async function realign(job: Job, track: number, offsetSeconds: number): Promise<readonly Change[]> {
  const move = `setts=ts=TS${offsetSeconds < 0 ? "-" : "+"}${Math.abs(offsetSeconds)}/TB`;
  const leavesOut = offsetSeconds < 0 && !isoMuxers.has(job.muxer);
  const filters = leavesOut ? `${move},noise=drop=lt(pts\\,0)` : move;
  await runFfmpeg(
    {
      inputs: [fileInput(job.file)],
      options: [...copyAll, `-bsf:a:${track}`, filters, ...muxing(job.muxer)],
      outputPath: job.outputPath,
    },
    job.signal,
  );
  const what = `timestamps ${offsetSeconds > 0 ? "later" : "earlier"} by ${milliseconds(Math.abs(offsetSeconds))}`;
  return [{ media: "audio", track, startSeconds: 0, endSeconds: null, what }];
}

function milliseconds(seconds: number): string {
  return `${Math.round(seconds * 1e4) / 10} ms`;
}
