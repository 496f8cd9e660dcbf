import { delivered, deliveries, painted } from "../picture-excerpts.ts";
import type { KindSamples, Sample, Split } from "../sample.ts";

const seconds = 8;

/** An evening sky that gets darker towards a corner, and what is done to it. */
function sky(split: Split, name: string, after: string, truly: boolean, range = 100): Sample {
  const graph = `color=gray:size=640x360:rate=25:duration=${seconds},format=gray,geq=lum='60+${range}*(X+Y)/(W+H)'${after},format=yuv420p`;
  const recipe = delivered([painted(graph)], ["setsar=1"], deliveries["h264 high quality"]);
  return { name, source: null, split, recipe, truth: truly ? [{ startSeconds: 0, endSeconds: seconds }] : [] };
}

const steps = (mask: number) => `,lutyuv=y='bitand(val,${mask})'`;

export const banding: KindSamples = {
  kind: "banding",
  defects: () => [
    sky("tune", "64 steps", steps(252), true),
    sky("score", "64 steps over less", steps(252), true, 80),
    sky("score", "128 steps", steps(254), true),
    sky("tune", "64 steps over more", steps(252), true, 120),
  ],
  hardNegatives: () => [
    sky("tune", "as many steps as there are", "", false),
    sky("score", "64 steps under grain", `${steps(252)},noise=alls=12:allf=t`, false),
    sky("score", "a sky with grain", ",noise=alls=5:allf=t", false),
    sky("tune", "a logo on a plain sky", ",drawtext=text=TV:x=560:y=20:fontsize=48:fontcolor=white", false, 0),
  ],
  sweeps: [],
};
