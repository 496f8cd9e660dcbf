import type { FileFacts, PictureFacts } from "@glasswatch/media/packets/file-facts";
import { type CodedPictures, readPictures } from "@glasswatch/media/packets/read-pictures";
import { type NalCodec, nalCodecs } from "../bitstream/codecs.ts";
import { type Configuration, readAvcConfiguration, readHevcConfiguration } from "../bitstream/configuration.ts";
import { splitNals } from "../bitstream/nal-units.ts";
import { ImpossibleError } from "../media-action.ts";

/** One coded picture's place; in the order of decoding. */
export interface IndexedPicture {
  /** From the file's earliest presented timestamp. */
  readonly seconds: number;
  readonly presentedAt: number;
  readonly decodedAt: number;
  /** See `NalCodec.isEntry`. */
  readonly isEntry: boolean;
}

/** Where a file's coded pictures are, and how they are put down. */
export interface PictureIndex extends CodedPictures {
  readonly codec: NalCodec;
  readonly configured: Configuration;
  readonly pictures: readonly IndexedPicture[];
  /** Where the last of them ends. */
  readonly endSeconds: number;
  /** From one picture to the next. */
  readonly frameSeconds: number;
}

/** 1 for a picture, as a share of the usual distance, may differ by the container's rounding. */
const unevenness = 0.15;
/** Lost pictures leave gaps; more than these, and the distances are uneven by intent. */
const mostUneven = 0.1;

/**
 * Reads through a file's coded pictures.
 *
 * @throws ImpossibleError where they cannot be spliced, with the reason
 */
export async function indexPictures(
  file: FileFacts,
  picture: PictureFacts,
  signal?: AbortSignal,
): Promise<PictureIndex> {
  const codec = nalCodecs.get(picture.codec);
  if (!codec) throw new ImpossibleError(`pictures in ${picture.codec} cannot be spliced, only H.264 and HEVC`);
  let configured: Configuration | undefined;
  const pictures: IndexedPicture[] = [];
  let endSeconds = 0;
  const common = await readPictures(
    file.path,
    picture.index,
    ({ presentedAt, decodedAt, durationTicks, isKey, data }, { configuration, tickSeconds }) => {
      configured ??= readConfiguration(picture.codec, configuration);
      const { framing } = configured;
      const at = presentedAt ?? decodedAt;
      if (at === null) throw new ImpossibleError("its pictures have no timestamps");
      const seconds = at * tickSeconds - file.origin.containerSeconds;
      endSeconds = Math.max(endSeconds, seconds + durationTicks * tickSeconds);
      pictures.push({
        seconds,
        presentedAt: at,
        decodedAt: decodedAt ?? at,
        isEntry: isKey && splitNals(data, framing).some((nal) => codec.isEntry(codec.typeOf(nal))),
      });
    },
    signal,
  );
  if (!configured) throw new ImpossibleError("it holds no pictures");
  return { ...common, codec, configured, pictures, endSeconds, frameSeconds: evenDistance(pictures) };
}

function readConfiguration(codec: string, bytes: Uint8Array): Configuration {
  return codec === "h264" ? readAvcConfiguration(bytes) : readHevcConfiguration(bytes);
}

/** Pictures at uneven times cannot be counted off: which of another version's belongs where is not known. */
function evenDistance(pictures: readonly IndexedPicture[]): number {
  const times = pictures.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
  const distances = times.slice(1).map((time, i) => time - (times[i] as number));
  const usual = distances.toSorted((a, b) => a - b)[distances.length >> 1];
  if (usual === undefined || usual <= 0) throw new ImpossibleError("it holds less than two pictures");
  const uneven = distances.filter((distance) => {
    const units = distance / usual;
    return Math.abs(units - Math.max(1, Math.round(units))) > unevenness;
  });
  if (uneven.length > mostUneven * distances.length) {
    throw new ImpossibleError("its pictures come at uneven times (variable frame rate), which cannot be counted off");
  }
  const even = distances.filter((distance) => Math.abs(distance / usual - 1) <= unevenness);
  return even.reduce((sum, distance) => sum + distance, 0) / even.length;
}
