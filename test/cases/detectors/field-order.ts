import type { DetectorCase } from "./detector-case.ts";
import { pictureOf } from "./programme-picture.ts";

/** Fifty moments a second. */
const moments = pictureOf(
  "mandelbrot=size=320x240:rate=50:start_scale=0.5:end_scale=0.01:end_pts=200,format=yuv420p,noise=alls=4:allf=t:all_seed=7,trim=duration=4",
);

/** Pictures made by a filter, coded as interlaced with the field that `setfield` names first. */
function coded(name: string, filter: string, findings: DetectorCase["findings"]): DetectorCase {
  const codec = ["-c:v", "mpeg2video", "-b:v", "3M", "-g", "12", "-flags", "+ildct+ilme"];
  return { name, recipe: { file: "picture.mkv", inputs: [moments], options: ["-vf", filter, ...codec] }, findings };
}

const told = [{ startSeconds: 0, endSeconds: 4, severity: "major" }] as const;

export const cases: readonly DetectorCase[] = [
  coded("top field first, signalled the other way round", "tinterlace=interleave_top,setfield=bff", told),
  coded("bottom field first, signalled the other way round", "tinterlace=interleave_bottom,setfield=tff", told),
  coded("top field first", "tinterlace=interleave_top,setfield=tff", []),
  coded("bottom field first", "tinterlace=interleave_bottom,setfield=bff", []),
  coded("progressive pictures", "fps=25,setfield=tff", []),
];
