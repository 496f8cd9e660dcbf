import { h264 } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { moving, pictureOf } from "./programme-picture.ts";

function picture(name: string, graph: string, findings: DetectorCase["findings"]): DetectorCase {
  return { name, recipe: { file: "picture.mp4", inputs: [pictureOf(graph)], options: h264 }, findings };
}

/** Filled with a colour for half of every `period` frames between 2 and 4 s. */
function strobe(period: number, box = "h=ih*0.5", colour = "white"): string {
  const on = `between(t,2,3.99)*lt(mod(n-50,${period}),${period / 2})`;
  return `${moving(6)},drawbox=${box}:t=fill:c=${colour}:enable='${on}'`;
}

export const cases: readonly DetectorCase[] = [
  picture("half of the picture, 6 times a second", strobe(4), [
    { startSeconds: 2, endSeconds: 4, severity: "critical" },
  ]),
  picture("saturated red on dark red", `${strobe(4, "h=ih*0.5", "red")},eq=brightness=-0.1`, [
    { startSeconds: 2, endSeconds: 4, severity: "critical" },
  ]),
  picture("a fifth of the picture", strobe(4, "h=ih*0.2"), []),
  picture("less than three times a second", strobe(10), []),
  picture("three flashes", `${moving(6)},drawbox=t=fill:c=white:enable='between(t,2,2.45)*lt(mod(n-50,4),2)'`, []),
  picture(
    "stripes that scroll",
    "color=black:size=320x180:rate=25:duration=5,geq=lum='16+200*lt(mod(X+8*N,40),20)':cb=128:cr=128",
    [],
  ),
];
