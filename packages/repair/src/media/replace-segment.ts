import type { Finding } from "@glasswatch/core/finding";
import { mediaRepairActions } from "@glasswatch/core/media-repair-actions";
import type { PictureFacts } from "@glasswatch/media/packets/file-facts";
import { type ActionPlan, defineMediaAction, ImpossibleError, type Situation } from "./media-action.ts";
import { indexPictures, type PictureIndex } from "./splice/picture-index.ts";
import { spliceFile } from "./splice/splice-file.ts";
import {
  type Damage,
  firstDamageSeconds,
  longestGroupSeconds,
  type SpliceRange,
  spliceRanges,
} from "./splice/splice-range.ts";

/** What another version of the programme puts right. */
const kinds: readonly string[] = mediaRepairActions["replace-segment"].kinds;
/** What is missing here is seen as broken blocks; the others look as if they were meant. */
const damagedKind = "block-corruption";

export const replaceSegment = defineMediaAction({
  id: "replace-segment",
  ...mediaRepairActions["replace-segment"],
  async plan(situation, { longestHeldSeconds }, signal) {
    const found = situation.findings.filter(({ kind, subject }) => kinds.includes(kind) && subject.media === "video");
    const { picture } = situation.file;
    if (found.length === 0 || !picture) return { repairs: [], refusals: [] };
    const whole = situation.source ? found : found.filter(({ kind }) => kind === damagedKind);
    const others = found.filter((finding) => !whole.includes(finding));
    const plan =
      whole.length === 0 ? undefined : await planSplice(situation, picture, whole, longestHeldSeconds, signal);
    const reason = `${listOf(others)}: only another version has the pictures that belong there; glasswatch repair takes one with --source`;
    return {
      repairs: plan?.repairs ?? [],
      refusals: [
        ...(plan?.refusals ?? []),
        ...(others.length === 0 ? [] : [{ action: "replace-segment", reason, findings: idsOf(others) }]),
      ],
    };
  },
});

async function planSplice(
  situation: Situation,
  picture: PictureFacts,
  found: readonly Finding[],
  longestHeldSeconds: number,
  signal?: AbortSignal,
): Promise<ActionPlan> {
  const refused = (reason: string): ActionPlan => ({
    repairs: [],
    refusals: [{ action: "replace-segment", reason, findings: idsOf(found) }],
  });
  try {
    const index = await indexPictures(situation.file, picture, signal);
    const damages = found.map((finding) => damageOf(finding, index));
    const { source } = situation;
    if (source && !source.file.picture) return refused(`${source.name} has no pictures`);
    // To hold a picture, there has to be one.
    const ranges = spliceRanges(index, damages, source ? 0 : index.frameSeconds);
    if (!ranges) return refused(reasonWithoutEntry(index, source !== undefined));
    const held = source ? 0 : longestHold(ranges, damages);
    if (held > longestHeldSeconds) {
      return refused(
        `the damage lasts ${held.toFixed(1)} s, up to the next key picture: too long to hold a picture; glasswatch repair takes another version with --source`,
      );
    }
    const from = source ? `from ${source.name}` : "by holding the last whole picture";
    return {
      repairs: [
        {
          action: "replace-segment",
          what: `replace the pictures of ${ranges.map(spanText).join(", ")} ${from}; all others keep their bytes`,
          findings: idsOf(found),
          parameters: {
            ...(source ? { source: source.name, delaySeconds: source.delaySeconds } : { longestHeldSeconds }),
            ranges: ranges.map(({ startSeconds, endSeconds }) => ({ startSeconds, endSeconds })),
          },
          step: { to: "file", run: (job) => spliceFile(job, { ranges, damages, source }) },
        },
      ],
      refusals: [],
    };
  } catch (error) {
    if (error instanceof ImpossibleError) return refused(error.message);
    throw error;
  }
}

function damageOf({ startSeconds, endSeconds }: Finding, index: PictureIndex): Damage {
  return { startSeconds, endSeconds: endSeconds ?? index.endSeconds };
}

/** From the first damage of a range to its end. */
function longestHold(ranges: readonly SpliceRange[], damages: readonly Damage[]): number {
  return Math.max(...ranges.map((range) => range.endSeconds - firstDamageSeconds(range, damages)));
}

function reasonWithoutEntry(index: PictureIndex, fromSource: boolean): string {
  if (!index.pictures.some(({ isEntry }) => isEntry)) {
    return "its key pictures are no points to splice at (open GOP, or intra refresh): encode it again from its source";
  }
  if (fromSource) return "no key picture stands before the damage that could be spliced at (open GOP)";
  return `nothing whole comes before the damage (key pictures up to ${longestGroupSeconds(index).toFixed(1)} s apart); glasswatch repair takes another version with --source`;
}

function spanText({ startSeconds, endSeconds }: SpliceRange): string {
  return `${startSeconds.toFixed(2)}–${endSeconds.toFixed(2)} s`;
}

function listOf(findings: readonly Finding[]): string {
  return [...new Set(findings.map(({ kind }) => kind))].join(", ");
}

function idsOf(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ id }) => id);
}
