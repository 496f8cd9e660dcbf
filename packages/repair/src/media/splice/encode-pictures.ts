import type { FileFacts, PictureFacts } from "@glasswatch/media/packets/file-facts";
import { fileInput, runFfmpeg } from "../ffmpeg-job.ts";
import { ImpossibleError } from "../media-action.ts";

/** Quality at which a second generation is not seen: x264's and x265's constant rate factors. */
const rateFactors = { libx264: 16, libx265: 18 } as const;

/** Which pictures to encode, and as what. */
export interface PictureEncoding {
  /** Where they come from. */
  readonly from: { readonly file: FileFacts; readonly picture: PictureFacts; readonly startSeconds: number };
  /** What they are to be like. */
  readonly like: PictureFacts;
  readonly encoder: "libx264" | "libx265";
  readonly count: number;
  readonly framesPerSecond: number;
  /** After so many, the last one is held. */
  readonly heldFrom?: number;
  /** Whether pictures may be coded out of the order in which they are shown. */
  readonly reorders: boolean;
  /** Number of the parameter sets (H.264 only). */
  readonly setNumber: number;
  readonly outputPath: string;
}

/** x264's names of `profile_idc` (H.264 §A.2), x265's of `general_profile_idc`. */
const profiles: Readonly<Record<PictureEncoding["encoder"], Readonly<Record<number, string>>>> = {
  libx264: { 66: "baseline", 578: "baseline", 77: "main", 100: "high", 110: "high10", 122: "high422", 244: "high444" },
  libx265: { 1: "main", 2: "main10" },
};

/**
 * Encodes pictures as one closed group that begins with an IDR, into an MP4.
 *
 * @throws ImpossibleError where no encoder makes what is wanted
 */
export async function encodePictures(encoding: PictureEncoding, signal?: AbortSignal): Promise<void> {
  const { from, like, encoder, count, outputPath } = encoding;
  const profile = profiles[encoder][like.profile];
  if (profile === undefined) {
    throw new ImpossibleError(`${like.codec} in profile ${like.profile} cannot be encoded to match`);
  }
  if (like.scanOrder !== "progressive" && encoder === "libx265") {
    throw new ImpossibleError("interlaced HEVC cannot be encoded to match");
  }
  const seek = Math.max(0, from.startSeconds - 0.5 / encoding.framesPerSecond);
  const input = fileInput(from.file);
  await runFfmpeg(
    {
      inputs: [{ ...input, options: [...(input.options ?? []), "-ss", seek.toFixed(6)] }],
      options: [
        ...["-map", `0:${from.picture.index}`, "-an", "-vf", filtersOf(encoding), "-frames:v", String(count)],
        ...["-c:v", encoder, "-preset", "medium", "-crf", String(rateFactors[encoder]), "-profile:v", profile],
        ...["-pix_fmt", like.pixelFormat, ...colourOptions(like), ...encoderOptions(encoding)],
        ...["-video_track_timescale", "90000", "-f", "mp4"],
      ],
      outputPath,
    },
    signal,
  );
}

function filtersOf({ like, framesPerSecond, count, heldFrom }: PictureEncoding): string {
  const { width, height, pixelAspectRatio } = like;
  const held = heldFrom === undefined ? [] : [`trim=end_frame=${heldFrom}`, `tpad=stop_mode=clone:stop=${count}`];
  return [
    "setpts=PTS-STARTPTS",
    `fps=${framesPerSecond.toFixed(6)}`,
    ...held,
    `scale=${width}:${height}`,
    `setsar=${pixelAspectRatio.num}/${pixelAspectRatio.den}`,
  ].join(",");
}

function colourOptions({ colour: { range, primaries, transfer, matrix } }: PictureFacts): readonly string[] {
  return ["-color_range", range, "-color_primaries", primaries, "-color_trc", transfer, "-colorspace", matrix].map(
    String,
  );
}

function encoderOptions({ encoder, like, reorders, setNumber, count }: PictureEncoding): readonly string[] {
  const bFrames = reorders ? 2 : 0;
  const group = `keyint=${count + 1}:min-keyint=${count + 1}:scenecut=0:open-gop=0`;
  if (encoder === "libx265") {
    return ["-x265-params", `log-level=error:${group}:bframes=${bFrames}:b-pyramid=0:repeat-headers=0`];
  }
  const fields = like.scanOrder === "progressive" ? "" : `:${like.scanOrder === "top-field-first" ? "tff" : "bff"}=1`;
  const params = `${group}:bframes=${bFrames}:b-pyramid=none:sps-id=${setNumber}${fields}`;
  return ["-level:v", String(like.level / 10), "-x264-params", params];
}
