import { type CodedPicture, type CodedPictures, readPictures } from "@glasswatch/media/packets/read-pictures";
import { type Configuration, mergeAvcConfigurations } from "../bitstream/configuration.ts";
import { joinNals, splitNals } from "../bitstream/nal-units.ts";
import { ImpossibleError } from "../media-action.ts";
import type { IndexedPicture, PictureIndex } from "./picture-index.ts";
import type { SpliceRange } from "./splice-range.ts";

/** Coded pictures that stand in for a range, with its times. */
export interface Replacement {
  readonly range: SpliceRange;
  readonly pictures: readonly CodedPicture[];
  /** Parameter sets to be put before the first picture after the range, where the replacement has overwritten them. */
  readonly restored: readonly Uint8Array[];
}

/** The coded pictures of a range, copied out of their file. */
export async function pictureData(
  path: string,
  streamIndex: number,
  { from, to }: Pick<SpliceRange, "from" | "to">,
  signal?: AbortSignal,
): Promise<CodedPictures & { readonly pictures: readonly CodedPicture[] }> {
  const pictures: CodedPicture[] = [];
  let number = 0;
  const common = await readPictures(
    path,
    streamIndex,
    (picture) => {
      if (number >= from && number < to) pictures.push({ ...picture, data: Uint8Array.from(picture.data) });
      number++;
    },
    signal,
  );
  return { ...common, pictures };
}

/**
 * The range of another version of the same encode that has the same pictures: its bytes can be taken as they are.
 *
 * @returns undefined where it is another encode, or lacks them itself
 */
export function sameRange(
  own: PictureIndex,
  other: PictureIndex,
  range: SpliceRange,
  delaySeconds: number,
): SpliceRange | undefined {
  if (!sameBytes(own.configuration, other.configuration)) return undefined;
  const half = own.frameSeconds / 2;
  const entryNear = (seconds: number) =>
    other.pictures.findIndex((picture) => picture.isEntry && Math.abs(picture.seconds - delaySeconds - seconds) < half);
  const from = entryNear(range.startSeconds);
  const isLast = range.to === own.pictures.length;
  const to = isLast ? other.pictures.length : entryNear(range.endSeconds);
  const wanted = Math.round((range.endSeconds - range.startSeconds) / own.frameSeconds);
  if (from < 0 || to - from !== wanted) return undefined;
  const endSeconds = isLast ? other.endSeconds : (other.pictures[to] as IndexedPicture).seconds;
  return { from, to, startSeconds: (other.pictures[from] as IndexedPicture).seconds, endSeconds };
}

/** Gives copied pictures the times of the range: those of their file, moved. */
export function movedPictures(
  pictures: readonly CodedPicture[],
  other: PictureIndex,
  own: PictureIndex,
  range: SpliceRange,
): readonly CodedPicture[] {
  const first = pictures[0] as CodedPicture;
  const start = own.pictures[range.from] as IndexedPicture;
  const scale = other.tickSeconds / own.tickSeconds;
  const moved = (ticks: number | null): number | null =>
    ticks === null ? null : start.presentedAt + Math.round((ticks - (first.presentedAt ?? 0)) * scale);
  return pictures.map((picture) => ({
    ...picture,
    presentedAt: moved(picture.presentedAt),
    decodedAt: moved(picture.decodedAt),
    durationTicks: Math.round(picture.durationTicks * scale),
  }));
}

/**
 * Gives freshly encoded pictures the range's times, evenly, and the framing of the file. Where it tells NAL units apart by
 * start codes, parameter sets stand before the pictures that need them.
 *
 * @throws ImpossibleError where there are not as many pictures as the range has room for
 */
export function evenPictures(
  encoded: readonly CodedPicture[],
  made: Configuration,
  own: PictureIndex,
  range: SpliceRange,
  setsInBand: boolean,
): readonly CodedPicture[] {
  const start = own.pictures[range.from] as IndexedPicture;
  const count = Math.round((range.endSeconds - range.startSeconds) / own.frameSeconds);
  if (encoded.length !== count) {
    throw new ImpossibleError(`the other version has ${encoded.length} of the ${count} pictures that are needed there`);
  }
  const step = (range.endSeconds - range.startSeconds) / own.tickSeconds / count;
  const shown = encoded.map(({ presentedAt }) => presentedAt as number).toSorted((a, b) => a - b);
  return encoded.map((picture, number) => {
    const nals = splitNals(picture.data, made.framing);
    const sets = setsInBand && picture.isKey ? made.parameterSets : [];
    return {
      isKey: picture.isKey,
      presentedAt: start.presentedAt + Math.round(step * shown.indexOf(picture.presentedAt as number)),
      decodedAt: start.decodedAt + Math.round(step * number),
      durationTicks: Math.round(step),
      data: joinNals([...sets, ...nals], own.configured.framing),
    };
  });
}

/** The configuration with what the replacements need, where it is kept beside the pictures. */
export function configurationFor(own: PictureIndex, madeConfigurations: readonly Uint8Array[]): Uint8Array {
  return madeConfigurations.reduce(mergeAvcConfigurations, own.configuration);
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
