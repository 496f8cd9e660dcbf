import type { DetectorCase } from "./detector-case.ts";
import { pictureOf } from "./programme-picture.ts";

/** Clouds and a chart under a camera that pans. */
const clouds =
  "color=gray:s=48x27:r=25,noise=alls=40:all_seed=5,scale=960:540:flags=bicubic,format=yuv420p,trim=end_frame=1,loop=-1:1,setpts=N/25/TB,crop=640:360:x='20*t':y='10*t'";

/** MPEG-4 has no loop filter: at its coarsest quantiser every block shows. */
function coded(name: string, quantiser: number, seconds: number, findings: DetectorCase["findings"]): DetectorCase {
  const inputs = [pictureOf(`${clouds},trim=duration=${seconds}`)];
  return {
    name,
    recipe: { file: "picture.avi", inputs, options: ["-c:v", "mpeg4", "-q:v", `${quantiser}`] },
    findings,
  };
}

export const cases: readonly DetectorCase[] = [
  coded("coarsely", 31, 6, [{ startSeconds: 0, endSeconds: 6, severity: "minor" }]),
  coded("finely", 3, 6, []),
  coded("coarsely for a moment", 31, 4, []),
  {
    name: "a wall of tiles",
    recipe: {
      file: "picture.mp4",
      inputs: [
        pictureOf(
          "color=0x907060:size=320x180:rate=25:duration=6,drawgrid=w=32:h=16:t=2:c=0xC0B8B0,noise=alls=4:allf=t",
        ),
      ],
      options: ["-c:v", "libx264", "-crf", "23", "-pix_fmt", "yuv420p"],
    },
    findings: [],
  },
  {
    name: "pixel art",
    recipe: {
      file: "picture.mp4",
      inputs: [
        pictureOf(
          "mandelbrot=size=40x24:rate=25:start_scale=0.5:end_scale=0.1:end_pts=150,scale=320:192:flags=neighbor,trim=duration=6",
        ),
      ],
      options: ["-c:v", "libx264", "-crf", "20", "-pix_fmt", "yuv420p"],
    },
    findings: [],
  },
];
