import type { MediaInfo, MediaUnit, Picture } from "@glasswatch/core/media";
import { emptyProfile, planDetectors } from "@glasswatch/detectors/profile";
import { detectors as registry } from "@glasswatch/detectors/registry";
import { openMedia } from "@glasswatch/media/open";
import { openMediaAnalysis } from "@glasswatch/pipeline/media-analysis";
import { openSeriesRecorder } from "@glasswatch/pipeline/series-recorder";

/** Decoded media that stays in memory, to be analysed again and again without decoding it. */
export interface Replay {
  readonly seconds: number;
  readonly info: MediaInfo;
  readonly units: readonly MediaUnit[];
}

/** Decodes the start of a file. A second of 1080p25 takes 100 MB. */
export async function recordReplay(path: string, seconds: number): Promise<Replay> {
  const reader = await openMedia(path, { allowPrivate: false, toSeconds: seconds });
  const units: MediaUnit[] = [];
  for (let unit = await reader.next(); unit; unit = await reader.next()) units.push(ownCopy(unit));
  await reader.close();
  return { seconds, info: reader.info, units };
}

/**
 * Analyses a replay so many times in a row, as one stream, with these detectors.
 *
 * @throws Error when a detector does
 */
export function analyseReplay({ info, units, seconds }: Replay, detectorIds: readonly string[], times: number): void {
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
  for (let turn = 0; turn < times; turn++) {
    for (const unit of units) analysis.push({ ...unit, timeSeconds: unit.timeSeconds + turn * seconds });
  }
  analysis.finish("end");
}

/** Units are borrowed from their reader, and written over by the next. */
function ownCopy(unit: MediaUnit): MediaUnit {
  if (unit.kind === "sound") return { ...unit, channels: unit.channels.map((channel) => channel.slice()) };
  return { ...unit, luma: { ...unit.luma, bytes: unit.luma.bytes.slice() }, readPlanes: planesOf(unit) };
}

/** Whoever asks for whole pictures pays for a copy of them, here as with a reader. */
function planesOf(picture: Picture): Picture["readPlanes"] {
  const { planes, strides } = picture.readPlanes();
  const originals = planes.map((plane) => plane.slice());
  const copy = { planes: originals.map((plane) => new Uint8Array(plane.length)), strides: [...strides] };
  return () => {
    copy.planes.forEach((plane, i) => {
      plane.set(originals[i] ?? plane);
    });
    return copy;
  };
}
