import type { PictureQuality } from "@glasswatch/core/comparison";
import type { TrackAlignment } from "../align/align-fingerprints.ts";
import type { Fingerprint } from "../fingerprint.ts";
import { framedDifferently } from "./bars.ts";
import { nominatePairs } from "./nominate.ts";
import { readSamples } from "./read-samples.ts";
import { ssim } from "./ssim.ts";

/** What pictures are reduced to at most: the distance that SSIM is meant for is reached at some 256 lines. */
const mostWidth = 480;
const mostHeight = 270;
/** Windows of SSIM are 8×8. */
const leastSize = 8;

export interface QualitySide {
  readonly input: string;
  readonly fingerprint: Fingerprint;
}

export interface QualityRequest {
  readonly reference: QualitySide;
  readonly input: QualitySide;
  readonly allowPrivate: boolean;
  /** How their pictures lie to one another. */
  readonly picture: TrackAlignment;
}

/** How much alike pictures of the same moments look: decodes some of both inputs once more. */
export async function pictureQuality(
  { reference, input, allowPrivate, picture }: QualityRequest,
  signal: AbortSignal | undefined,
): Promise<PictureQuality> {
  const own = reference.fingerprint;
  const other = input.fingerprint;
  if (picture.problem !== null || !own.picture || !other.picture) return unmeasured("unaligned");
  const size = commonSize(own, other);
  if (!size || own.media.live || other.media.live || signal?.aborted) return unmeasured("unpaired");
  const pairs = nominatePairs(own.picture, other.picture, picture.lines);
  if (pairs.length === 0) return unmeasured("unpaired");
  const read = ({ input: name }: QualitySide, times: readonly number[]) =>
    readSamples({ input: name, allowPrivate, times, ...size }, signal);
  const [seen, shown] = await Promise.all([
    read(
      reference,
      pairs.map(({ referenceSeconds }) => referenceSeconds),
    ),
    read(
      input,
      pairs.map(({ inputSeconds }) => inputSeconds),
    ),
  ]);
  const compared = pairs.flatMap(({ referenceSeconds }, index) => {
    const [a, b] = [seen.get(index), shown.get(index)];
    return a && b ? [{ referenceSeconds, a, b }] : [];
  });
  const [first, ...others] = compared.map(({ referenceSeconds, a, b }) => ({
    value: ssim(a, b),
    atSeconds: referenceSeconds,
  }));
  if (!first) return unmeasured("unpaired");
  const framing = [compared.map(({ a }) => a), compared.map(({ b }) => b)] as const;
  if (framedDifferently(...framing)) return unmeasured("framed-differently");
  const lowest = others.reduce((low, pair) => (pair.value < low.value ? pair : low), first);
  const mean = others.reduce((sum, { value }) => sum + value, first.value) / compared.length;
  return {
    ssim: {
      mean: rounded(mean, 4),
      lowest: { value: rounded(lowest.value, 4), atSeconds: rounded(lowest.atSeconds, 3) },
    },
    pairs: compared.length,
    size,
    problem: null,
  };
}

function unmeasured(problem: NonNullable<PictureQuality["problem"]>): PictureQuality {
  return { ssim: null, pairs: 0, size: null, problem };
}

function commonSize({ media: { video: a } }: Fingerprint, { media: { video: b } }: Fingerprint) {
  if (!a || !b) return undefined;
  const width = Math.min(mostWidth, a.width, b.width);
  const height = Math.min(mostHeight, a.height, b.height);
  return width < leastSize || height < leastSize ? undefined : { width, height };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
