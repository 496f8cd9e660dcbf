import { aac, h264, picture, sound } from "../../fixtures/ingredients.ts";
import type { DetectorCase } from "./detector-case.ts";

const ts = ["-f", "mpegts"] as const;

function shifted(name: string, seconds: number, findings: DetectorCase["findings"]): DetectorCase {
  // 90 kHz ticks; without B-frames the order of decoding is that of presentation.
  const bitstream = `setts=ts=TS+gte(N\\,50)*${seconds * 90_000}`;
  const options = ["-bf", "0", ...h264, "-bsf:v", bitstream, "-muxdelay", "0", ...ts];
  return { name, recipe: { file: "picture.ts", inputs: [picture("320x180", "25", 5)], options }, findings };
}

export const cases: readonly DetectorCase[] = [
  shifted("forward by a minute", 60, [{ startSeconds: 2, endSeconds: 2, severity: "major" }]),
  {
    name: "a clock that wraps",
    recipe: {
      file: "clip.ts",
      inputs: [picture(), sound()],
      options: [...h264, ...aac, "-output_ts_offset", "95442.2", "-muxdelay", "0", ...ts],
    },
    findings: [],
  },
];
