import { rm } from "node:fs/promises";
import { inspectFile, type PictureFacts } from "@glasswatch/media/packets/file-facts";
import { rewritePictures } from "@glasswatch/media/packets/rewrite-pictures";
import { avcSetNumbers, readAvcConfiguration, readHevcConfiguration } from "../bitstream/configuration.ts";
import { joinNals, splitNals } from "../bitstream/nal-units.ts";
import { type Change, ImpossibleError, type Job, type OtherVersion } from "../media-action.ts";
import { encodePictures } from "./encode-pictures.ts";
import { indexPictures, type PictureIndex } from "./picture-index.ts";
import {
  configurationFor,
  evenPictures,
  movedPictures,
  pictureData,
  type Replacement,
  sameBytes,
  sameRange,
} from "./replacement.ts";
import { type Damage, firstDamageSeconds, type SpliceRange } from "./splice-range.ts";

export interface Splice {
  readonly ranges: readonly SpliceRange[];
  readonly damages: readonly Damage[];
  /** Absent where a picture of the file itself is held. */
  readonly source?: OtherVersion | undefined;
}

interface Made extends Replacement {
  readonly what: string;
  /** Of what was encoded; undefined for what was copied. */
  readonly configuration?: Uint8Array;
}

/**
 * Writes the job's file with the pictures of some ranges replaced. Outside of them, coded pictures keep their bytes.
 *
 * @throws ImpossibleError where that cannot be done exactly
 */
export async function spliceFile(job: Job, splice: Splice): Promise<readonly Change[]> {
  const { file, signal } = job;
  const picture = file.picture as PictureFacts;
  const own = await indexPictures(file, picture, signal);
  const other = splice.source && (await indexOther(splice.source, signal));
  const made: Made[] = [];
  for (const range of splice.ranges) {
    made.push(
      (await copied(own, other, range, splice, signal)) ?? (await encoded(job, own, range, splice, made.length)),
    );
  }
  const added = made.flatMap(({ configuration }) => configuration ?? []);
  const keptApart = own.configured.framing !== "start-codes" && picture.codec === "h264";
  await rewritePictures(
    {
      inputPath: file.path,
      outputPath: job.outputPath,
      muxer: job.muxer,
      index: picture.index,
      ...(keptApart && added.length > 0 && { configuration: configurationFor(own, added) }),
      rewrite(original, number) {
        const begun = made.find(({ range }) => range.from === number);
        if (begun) return begun.pictures;
        if (made.some(({ range }) => number > range.from && number < range.to)) return [];
        const ended = made.find(({ range }) => range.to === number);
        if (!ended || ended.restored.length === 0) return [original];
        const { framing } = own.configured;
        return [{ ...original, data: joinNals([...ended.restored, ...splitNals(original.data, framing)], framing) }];
      },
    },
    signal,
  );
  return made.map(({ range: { startSeconds, endSeconds }, what }) => ({
    media: "video",
    track: 0,
    startSeconds,
    endSeconds,
    what,
  }));
}

/** Of a version that cannot be spliced itself, pictures can still be encoded. */
async function indexOther({ file }: OtherVersion, signal?: AbortSignal): Promise<PictureIndex | undefined> {
  return indexPictures(file, file.picture as PictureFacts, signal).catch((error: unknown) => {
    if (error instanceof ImpossibleError) return undefined;
    throw error;
  });
}

async function copied(
  own: PictureIndex,
  other: PictureIndex | undefined,
  range: SpliceRange,
  { source }: Splice,
  signal?: AbortSignal,
): Promise<Made | undefined> {
  if (!source?.file.picture || !other) return undefined;
  const same = sameRange(own, other, range, source.delaySeconds);
  if (!same) return undefined;
  const data = await pictureData(source.file.path, source.file.picture.index, same, signal);
  const pictures = movedPictures(data.pictures, other, own, range);
  return { range, pictures, restored: [], what: `coded pictures copied from ${source.name}` };
}

async function encoded(
  { file, outputPath, signal }: Job,
  own: PictureIndex,
  range: SpliceRange,
  { source, damages }: Splice,
  before: number,
): Promise<Made> {
  const picture = file.picture as PictureFacts;
  const from = source ?? { file, delaySeconds: 0, name: "" };
  const framesPerSecond = 1 / own.frameSeconds;
  const holdsAfter = Math.round((firstDamageSeconds(range, damages) - range.startSeconds) * framesPerSecond);
  const first = own.pictures[range.from];
  const temporaryPath = `${outputPath}.${range.from}.mp4`;
  try {
    await encodePictures(
      {
        from: {
          file: from.file,
          picture: from.file.picture as PictureFacts,
          startSeconds: range.startSeconds + from.delaySeconds + from.file.origin.programSeconds,
        },
        like: picture,
        encoder: own.codec.encoder,
        count: Math.round((range.endSeconds - range.startSeconds) * framesPerSecond),
        framesPerSecond,
        ...(!source && { heldFrom: holdsAfter }),
        reorders: first !== undefined && (first.presentedAt - first.decodedAt) * own.tickSeconds > own.frameSeconds / 2,
        setNumber: freeSetNumber(own, before),
        outputPath: temporaryPath,
      },
      signal,
    );
    return {
      range,
      ...(await readEncoded(temporaryPath, own, range, picture, signal)),
      what: whatOf(source, holdsAfter),
    };
  } finally {
    await rm(temporaryPath, { force: true });
  }
}

function whatOf(source: OtherVersion | undefined, holdsAfter: number): string {
  if (source) return `encoded again from ${source.name}`;
  return `encoded again from itself; its picture ${holdsAfter} held to the end`;
}

async function readEncoded(
  path: string,
  own: PictureIndex,
  range: SpliceRange,
  picture: PictureFacts,
  signal?: AbortSignal,
): Promise<Pick<Made, "pictures" | "restored" | "configuration">> {
  const madeFile = await inspectFile(path);
  const madePicture = madeFile.picture as PictureFacts;
  const made = await pictureData(path, madePicture.index, { from: 0, to: Number.POSITIVE_INFINITY }, signal);
  const configured = (picture.codec === "h264" ? readAvcConfiguration : readHevcConfiguration)(made.configuration);
  const startCodes = own.configured.framing === "start-codes";
  const alike = sameSets(own.configured.parameterSets, configured.parameterSets);
  if (picture.codec === "hevc" && !startCodes && !alike && picture.tag === "hvc1") {
    throw new ImpossibleError(
      "hvc1 keeps parameter sets apart from its pictures, and those of the replacement are others under the same number; remux it as hev1 (ffmpeg -c copy -tag:v hev1)",
    );
  }
  const setsInBand = startCodes || (picture.codec === "hevc" && !alike);
  return {
    pictures: evenPictures(made.pictures, configured, own, range, setsInBand),
    restored: setsInBand && !startCodes ? own.configured.parameterSets : [],
    configuration: made.configuration,
  };
}

function sameSets(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((set, i) => sameBytes(set, b[i] as Uint8Array));
}

/** Parameter sets of another number stand beside those of the file, and none has to be overwritten (H.264 §7.4.1.2.1). */
function freeSetNumber({ codec, configured }: PictureIndex, before: number): number {
  if (codec.encoder !== "libx264") return 0;
  const taken = avcSetNumbers(configured.parameterSets.filter((set) => codec.isParameterSet(codec.typeOf(set))));
  const free = Array.from({ length: 32 }, (_, number) => number).filter((number) => !taken.has(number));
  const number = free[before];
  if (number === undefined) throw new ImpossibleError("its parameter sets take up all numbers; encode it again");
  return number;
}
