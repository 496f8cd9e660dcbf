import type { Finding } from "@glasswatch/core/finding";
import { mediaRepairActions } from "@glasswatch/core/media-repair-actions";
import type { FileFacts, PictureFacts } from "@glasswatch/media/packets/file-facts";
import { rewritePictures } from "@glasswatch/media/packets/rewrite-pictures";
import { withFieldOrder } from "./bitstream/mpeg2-field-order.ts";
import { copyAll, fileInput, muxing, runFfmpeg } from "./ffmpeg-job.ts";
import {
  type ActionPlan,
  type Change,
  defineMediaAction,
  type Job,
  nothingToDo,
  type PlannedRepair,
} from "./media-action.ts";

const action = "strip-or-declare";

/** Bitstream filters of the ffmpeg program that declare a range, by codec: `full` and `limited` fill the blank. */
const rangeFilters: Readonly<
  Record<string, { readonly filter: string; readonly full: string; readonly limited: string }>
> = {
  h264: { filter: "h264_metadata=video_full_range_flag", full: "1", limited: "0" },
  hevc: { filter: "hevc_metadata=video_full_range_flag", full: "1", limited: "0" },
  vp9: { filter: "vp9_metadata=color_range", full: "pc", limited: "tv" },
  av1: { filter: "av1_metadata=color_range", full: "pc", limited: "tv" },
};

export const stripOrDeclare = defineMediaAction({
  id: action,
  ...mediaRepairActions["strip-or-declare"],
  async plan({ file, findings }) {
    const { picture } = file;
    if (!picture) return nothingToDo;
    const plans = [
      planRange(
        picture,
        findings.filter(({ kind }) => kind === "colour-range"),
      ),
      planFields(
        picture,
        findings.filter(({ kind }) => kind === "field-order"),
      ),
    ];
    return {
      repairs: plans.flatMap(({ repairs }) => repairs),
      refusals: plans.flatMap(({ refusals }) => refusals),
    };
  },
});

function planRange(picture: PictureFacts, found: readonly Finding[]): ActionPlan {
  if (found.length === 0) return nothingToDo;
  const findings = found.map(({ id }) => id);
  const declared = new Set(found.map(declaredFull));
  if (declared.size > 1) return refused("the range changes midway: no one flag is right for all of it", findings);
  const known = rangeFilters[picture.codec];
  if (!known)
    return refused(`pictures in ${picture.codec} keep no range that could be changed without encoding`, findings);
  const full = !declared.has(true);
  return planned({
    what: `declare the pictures' range ${full ? "full" : "limited"}, without encoding`,
    findings,
    parameters: { colourRange: full ? "full" : "limited" },
    step: { to: "file", run: (job) => declareRange(job, `${known.filter}=${full ? known.full : known.limited}`, full) },
  });
}

/** The finding says of which range the pictures are signalled to be. */
function declaredFull({ measurements }: Finding): boolean {
  return measurements.some(({ name }) => name.endsWith("in full range"));
}

async function declareRange(job: Job, filter: string, full: boolean): Promise<readonly Change[]> {
  const range = ["-bsf:v:0", filter, "-color_range:v:0", full ? "pc" : "tv"];
  await runFfmpeg(
    {
      inputs: [fileInput(job.file)],
      options: [...copyAll, ...range, ...muxing(job.muxer)],
      outputPath: job.outputPath,
    },
    job.signal,
  );
  return [wholePicture(`colour range declared ${full ? "full" : "limited"}`)];
}

function planFields(picture: PictureFacts, found: readonly Finding[]): ActionPlan {
  if (found.length === 0) return nothingToDo;
  const findings = found.map(({ id }) => id);
  if (picture.codec !== "mpeg2video") {
    return refused(
      `${picture.codec} says the order of fields in every picture's header, which cannot be changed without encoding`,
      findings,
    );
  }
  const topFirst = found.some(({ measurements }) =>
    measurements.some(({ name }) => name === "pairs with the top field first"),
  );
  const order = topFirst ? "top field first" : "bottom field first";
  return planned({
    what: `declare the pictures ${order}, without encoding`,
    findings,
    parameters: { fieldOrder: topFirst ? "top-field-first" : "bottom-field-first" },
    step: {
      to: "file",
      async run({ file, outputPath, muxer, signal }) {
        await declareFields(file, { outputPath, muxer, topFirst, signal });
        return [wholePicture(`declared ${order}`)];
      },
    },
  });
}

interface FieldsJob extends Pick<Job, "outputPath" | "muxer" | "signal"> {
  readonly topFirst: boolean;
}

function declareFields(file: FileFacts, { outputPath, muxer, topFirst, signal }: FieldsJob): Promise<void> {
  return rewritePictures(
    {
      inputPath: file.path,
      outputPath,
      muxer,
      index: (file.picture as PictureFacts).index,
      rewrite(original) {
        const data = withFieldOrder(original.data, topFirst);
        return [data === original.data ? original : { ...original, data }];
      },
    },
    signal,
  );
}

function wholePicture(what: string): Change {
  return { media: "video", track: 0, startSeconds: 0, endSeconds: null, what };
}

function planned(repair: Omit<PlannedRepair, "action">): ActionPlan {
  return { repairs: [{ action, ...repair }], refusals: [] };
}

function refused(reason: string, findings: readonly string[]): ActionPlan {
  return { repairs: [], refusals: [{ action, reason, findings }] };
}
