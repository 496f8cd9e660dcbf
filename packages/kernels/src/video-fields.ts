import type { FieldComparison, FieldsFeature } from "@glasswatch/core/video-features";
import type { AtHand } from "./at-hand.ts";
import type { DetailKernel } from "./detail-kernel.ts";
import { onceAPicture } from "./once-a-picture.ts";

/** `assembly/fields.ts`. */
export interface FieldFunctions {
  fields(...currentBeforeStrideWidthHeightStepLeastCounts: readonly number[]): void;
}

/** Every so manieth column of blocks is looked at: what moves is mostly wider, and a quarter of the picture costs a quarter. */
const columnStep = 2;
/** Sum over half the samples of a block: three code values each, which noise and encoders stay below. */
const leastZigzag = 3 * 128;
const counted = 8;

export function openFields(atHand: AtHand, detail: DetailKernel<FieldFunctions>): FieldsFeature {
  const comparison = {
    blocks: 0,
    moving: 0,
    combed: 0,
    topFirst: 0,
    bottomFirst: 0,
    whole: 0,
    topEarlier: 0,
    bottomEarlier: 0,
  };
  let countsAt: number | undefined;
  let room = { address: 0, bytes: 0 };
  let remembered: { readonly stride: number; readonly width: number; readonly height: number } | undefined;
  let rememberedIndex = Number.NaN;

  const compared = onceAPicture(atHand, (): FieldComparison | undefined => {
    const { address, stride, width, height } = detail.plane();
    const before = remembered;
    if (before?.stride !== stride || before.width !== width || before.height !== height) return undefined;
    countsAt ??= detail.reserve(4 * counted);
    detail.functions.fields(address, room.address, stride, width, height, columnStep, leastZigzag, countsAt);
    const counts = new Uint32Array(detail.memory.buffer, countsAt, counted);
    comparison.blocks = counts[0] as number;
    comparison.moving = counts[1] as number;
    comparison.combed = counts[2] as number;
    comparison.topFirst = counts[3] as number;
    comparison.bottomFirst = counts[4] as number;
    comparison.whole = counts[5] as number;
    comparison.topEarlier = counts[6] as number;
    comparison.bottomEarlier = counts[7] as number;
    return comparison;
  });

  return {
    remember() {
      const { address, stride, width, height } = detail.plane();
      const bytes = stride * height;
      if (bytes > room.bytes) room = { address: detail.reserve(bytes), bytes };
      new Uint8Array(detail.memory.buffer).copyWithin(room.address, address, address + bytes);
      remembered = { stride, width, height };
      rememberedIndex = atHand.frame.index;
    },
    compare: () => (atHand.frame.index - rememberedIndex === 1 ? compared.read() : undefined),
  };
}
