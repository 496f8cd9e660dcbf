import { h264 } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";
import { moving, pictureOf } from "./programme-picture.ts";

function programme(name: string, filters: string, findings: DetectorCase["findings"]): DetectorCase {
  const graph = `${moving(6)},setpts=PTS-STARTPTS,${filters}`;
  return { name, recipe: { file: "picture.mp4", inputs: [pictureOf(graph)], options: h264 }, findings };
}

/** Black above and below, or left and right, while `when` holds. */
function bars(size: "22" | "40", when: string): string {
  const box = (place: string) => `drawbox=${place}:c=black:t=fill:enable='${when}'`;
  return size === "22"
    ? `${box("x=0:y=0:w=iw:h=22")},${box("x=0:y=ih-22:w=iw:h=22")}`
    : `${box("x=0:y=0:w=40:h=ih")},${box("x=iw-40:y=0:w=40:h=ih")}`;
}

const bright = "lutyuv=y='60+val*0.7'";

export const cases: readonly DetectorCase[] = [
  programme("bars above and below appear", `${bright},${bars("22", "gte(t,2.99)")}`, [
    { startSeconds: 3, endSeconds: 6, severity: "minor" },
  ]),
  programme("bars at the sides vanish", `${bright},${bars("40", "lt(t,2.99)")}`, [
    { startSeconds: 3, endSeconds: 6, severity: "minor" },
  ]),
  programme("bars for a moment", `${bright},${bars("22", "between(t,2.99,4.2)")}`, []),
  programme("bars throughout", `${bright},${bars("22", "1")}`, []),
  programme(
    "a programme that fades to a dark scene and back",
    `${bright},fade=out:st=1:d=1:enable='lt(t,2)',lutyuv=y='16+(val-16)*0.12':enable='between(t,2,4)',fade=in:st=4:d=1:enable='gt(t,4)'`,
    [],
  ),
  programme(
    "a title on black",
    `${bright},drawbox=c=black:t=fill:enable='gt(t,2)',drawbox=x=60:y=70:w=200:h=12:c=white:t=fill:enable='gt(t,2)',drawbox=x=100:y=96:w=120:h=12:c=white:t=fill:enable='gt(t,2)'`,
    [],
  ),
  programme(
    "two pictures beside each other on black",
    `${bright},split[a][b];[a]drawbox=c=black:t=fill:enable='gte(t,2.99)'[ground];[b]scale=140:-2,split[l][r];[ground][l]overlay=x=12:y=50:enable='gte(t,2.99)'[half];[half][r]overlay=x=168:y=50:enable='gte(t,2.99)'`,
    [],
  ),
];
