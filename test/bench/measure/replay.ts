import type { MediaInfo, MediaUnit } from "@glasswatch/core/media";
import { emptyProfile, planDetectors } from "@glasswatch/detectors/profile";
import { detectors as registry } from "@glasswatch/detectors/registry";
import { openMedia } from "@glasswatch/media/open";
import { openMediaAnalysis } from "@glasswatch/pipeline/media-analysis";
import { openSeriesRecorder } from "@glasswatch/pipeline/series-recorder";

/** Decoded media that stays in memory, to be analysed again and again without decoding it. */
export interface Replay {
  readonly info: MediaInfo;
  readonly units: readonly MediaUnit[];
}

/** Decodes the start of a file. A second of 1080p25 takes 80 MB. */
export async function recordReplay(path: string, seconds: number): Promise<Replay> {
  const reader = await openMedia(path, { allowPrivate: false, toSeconds: seconds });
  const units: MediaUnit[] = [];
  for (let unit = await reader.next(); unit; unit = await reader.next()) units.push(ownCopy(unit));
  await reader.close();
  return { info: reader.info, units };
}

/**
 * Analyses a replay with these detectors.
 *
 * @throws Error when a detector does
 */
export function analyseReplay({ info, units }: Replay, detectorIds: readonly string[]): void {
  const detectors = planDetectors(registry, emptyProfile).filter(({ id }) => detectorIds.includes(id));
  const analysis = openMediaAnalysis({
    info,
    request: { input: "replay", detectors, ignore: [] },
    record: openSeriesRecorder,
    onFinding: () => {},
    onErrored: (status) => {
      throw new Error(`${status.id}: ${status.message}`);
    },
  });
  for (const unit of units) analysis.push(unit);
  analysis.finish("end");
}

/** Units are borrowed from their reader, and written over by the next. */
function ownCopy(unit: MediaUnit): MediaUnit {
  if (unit.kind === "sound") return { ...unit, channels: unit.channels.map((channel) => channel.slice()) };
  const { planes, ...shape } = unit.readSmall();
  const [luma, cb, cr] = planes;
  const small = { ...shape, planes: [luma.slice(), cb.slice(), cr.slice()] } as const;
  const sampled = { ...unit.luma, bytes: unit.luma.bytes.slice() };
  const whole = unit.readLuma();
  const rows = whole === unit.luma ? sampled : { ...whole, bytes: whole.bytes.slice() };
  return { ...unit, luma: sampled, readSmall: () => small, readLuma: () => rows };
}
