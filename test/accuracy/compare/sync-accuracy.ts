import { availableParallelism } from "node:os";
import { compare } from "@glasswatch/pipeline/compare/compare";
import { fixtureOf } from "../../fixtures/fixture.ts";
import { gate } from "../../support/run-cli.ts";
import type { SyncRow } from "../results.ts";
import type { Source, Split } from "../sample.ts";
import { seededRandom } from "./random.ts";
import { type Rendition, referenceRendition, renditions } from "./renditions.ts";
import { type Shift, shifted } from "./shifted.ts";

/** One rendition with shifted pictures and sound against the reference: what was done, and what was told. */
export interface SyncCase extends SyncRow {
  readonly source: string;
  readonly rendition: string;
  /** Of the pictures where there are any, of the sound otherwise. */
  readonly trueDelaySeconds: number;
  readonly measuredDelaySeconds: number | null;
  /** Parts that were told to be missing or inserted; there are none. */
  readonly falseParts: number;
  readonly reason: string | null;
}

const mostShiftSeconds = 2;
/** With shifts of up to 2 s either way, shorter clips have too little in common. */
const leastSourceSeconds = 7;
const casesOfSource = 2;
const atATime = gate(Math.max(1, availableParallelism() >> 1));

/**
 * `compare` on clips with random delays and A/V offsets of up to 2 s either way, in all renditions in turn. Sources without
 * pictures or without sound measure the delay alone.
 *
 * @param onCase told of each as it is measured
 */
export async function syncAccuracy(
  sources: readonly Source[],
  split: Split,
  onCase?: (told: SyncCase) => void,
): Promise<readonly SyncCase[]> {
  const suited = sources.filter(
    (source) =>
      source.split === split && source.durationSeconds >= leastSourceSeconds && (source.picture || source.sound),
  );
  return Promise.all(
    suited.flatMap((source, index) =>
      Array.from({ length: casesOfSource }, (_, turn) => {
        const number = index * casesOfSource + turn;
        const rendition = renditions[number % renditions.length] as Rendition;
        return atATime(async () => {
          const told = await measure(source, rendition, shiftOf(source, rendition, number));
          onCase?.(told);
          return told;
        });
      }),
    ),
  );
}

/** Both delays and the offset between them lie within ±2 s. */
function shiftOf({ picture, sound, split }: Source, rendition: Rendition, number: number): Shift {
  const random = seededRandom(number + (split === "tune" ? 1 : 100_001));
  const pictureSteps = rendition.wholeSeconds ? 1 : 1000;
  const draw = (steps: number) => Math.round((2 * random() - 1) * mostShiftSeconds * steps) / steps;
  for (;;) {
    const [pictureSeconds, soundSeconds] = [draw(pictureSteps), draw(1000)];
    if (!picture) return { pictureSeconds: soundSeconds, soundSeconds };
    if (!sound) return { pictureSeconds, soundSeconds: pictureSeconds };
    if (Math.abs(pictureSeconds - soundSeconds) <= mostShiftSeconds) return { pictureSeconds, soundSeconds };
  }
}

async function measure(source: Source, rendition: Rendition, shift: Shift): Promise<SyncCase> {
  const name = `${source.id}, ${rendition.name}`;
  const book = {
    [source.id]: shifted(source, referenceRendition, { pictureSeconds: 0, soundSeconds: 0 }),
    [name]: shifted(source, rendition, shift),
  };
  const reference = await fixtureOf(book, source.id, "accuracy/compare");
  const input = await fixtureOf(book, name, "accuracy/compare");
  const { comparison } = await compare({ reference, input, allowPrivate: false });
  const both = source.picture !== null && source.sound !== null;
  return {
    case: name,
    split: source.split,
    source: source.id,
    rendition: rendition.name,
    trueSeconds: both ? trueOffset(rendition, shift) : trueDelay(source, rendition, shift),
    measuredSeconds: both ? comparison.avOffsetSeconds : comparison.delaySeconds,
    verdict: comparison.verdict,
    trueDelaySeconds: trueDelay(source, rendition, shift),
    measuredDelaySeconds: comparison.delaySeconds,
    falseParts: comparison.missing.length + comparison.inserted.length,
    reason: comparison.reason ?? comparison.error?.message ?? null,
  };
}

function trueOffset({ picturesLateSeconds = 0 }: Rendition, { pictureSeconds, soundSeconds }: Shift): number {
  return pictureSeconds + picturesLateSeconds - soundSeconds;
}

/**
 * Times count from the earliest presented timestamp: that of the sound, which a positive delay fills with silence and a
 * negative one cuts. Pictures alone begin with the first one that is left.
 */
function trueDelay({ picture, sound }: Source, rendition: Rendition, shift: Shift): number {
  if (!sound) return -firstPictureSeconds(picture?.fps ?? 25, rendition, shift);
  const { primingSeconds, picturesLateSeconds = 0 } = rendition;
  return primingSeconds + (picture ? shift.pictureSeconds + picturesLateSeconds : shift.soundSeconds);
}

/** Where in the source the first picture that is left lies. */
function firstPictureSeconds(fps: number, { rate }: Rendition, { pictureSeconds }: Shift): number {
  const shown = fps * rate;
  return pictureSeconds >= 0 ? 0 : Math.ceil(-pictureSeconds * shown - 1e-6) / shown;
}
