import type { SmallPicture } from "@glasswatch/core/media";
import type { Thumbnail, ThumbnailFeature } from "@glasswatch/core/video-features";
import type { AtHand } from "./at-hand.ts";
import { onceAPicture } from "./once-a-picture.ts";

const columns = 32;
const rows = 18;
/** Samples per cell across and down: the mean of 64 is within a code value at the noise of broadcast pictures. */
const samplesAcross = 8;

export function openThumbnail(atHand: AtHand): ThumbnailFeature {
  const thumbnail = {
    luma: new Uint8Array(columns * rows),
    cb: new Uint8Array(columns * rows),
    cr: new Uint8Array(columns * rows),
    lumaDeviation: new Uint8Array(columns * rows),
  } satisfies Thumbnail;

  function make({ width, height, planes, strides }: SmallPicture): void {
    const chroma = { width: width / 2, height: height / 2 };
    const [luma, cb, cr] = planes;
    const { luma: means, lumaDeviation: deviations } = thumbnail;
    summarise({ plane: luma, stride: strides[0], width, height, means, deviations });
    summarise({ plane: cb, stride: strides[1], ...chroma, means: thumbnail.cb });
    summarise({ plane: cr, stride: strides[2], ...chroma, means: thumbnail.cr });
  }

  return {
    columns,
    rows,
    ...onceAPicture(atHand, () => {
      if (atHand.picture) make(atHand.picture.readSmall());
      return thumbnail;
    }),
  };
}

interface Summary {
  readonly plane: Uint8Array;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
  readonly means: Uint8Array;
  readonly deviations?: Uint8Array;
}

function summarise({ plane, stride, width, height, means, deviations }: Summary): void {
  const stepX = width / (columns * samplesAcross);
  const stepY = height / (rows * samplesAcross);
  const count = samplesAcross * samplesAcross;
  for (let cell = 0; cell < means.length; cell++) {
    const firstX = (cell % columns) * samplesAcross;
    const firstY = Math.floor(cell / columns) * samplesAcross;
    let sum = 0;
    let squares = 0;
    for (let j = 0; j < samplesAcross; j++) {
      const row = Math.floor((firstY + j + 0.5) * stepY) * stride;
      for (let i = 0; i < samplesAcross; i++) {
        const sample = plane[row + Math.floor((firstX + i + 0.5) * stepX)] as number;
        sum += sample;
        squares += sample * sample;
      }
    }
    const mean = sum / count;
    means[cell] = Math.round(mean);
    if (deviations) deviations[cell] = Math.round(Math.sqrt(Math.max(0, squares / count - mean * mean)));
  }
}
