import type { RecipeInput } from "../../fixtures/recipe.ts";
import type { DetectorCase } from "./detector-case.ts";

/** Speech-like: pink noise with the rhythm of syllables. */
function voice(levelDb: number, seed: number, seconds = 36): RecipeInput {
  return {
    graph: `anoisesrc=r=16000:a=0.3:c=pink:seed=${seed}:d=${seconds},volume='${10 ** (levelDb / 20)}*(0.6+0.4*sin(2*PI*3*t))':eval=frame`,
  };
}

function tracks(
  name: string,
  voices: readonly RecipeInput[],
  findings: DetectorCase["findings"],
  options: readonly string[] = [],
): DetectorCase {
  const maps = voices.flatMap((_, index) => ["-map", `${index}:a`]);
  return {
    name,
    recipe: { file: "tracks.mka", inputs: voices, options: [...maps, "-c:a", "flac", ...options] },
    findings,
  };
}

const whole = { startSeconds: 0, endSeconds: 36, severity: "minor" } as const;

export const cases: readonly DetectorCase[] = [
  tracks("the second language 6 LU down", [voice(0, 1), voice(-6, 2)], [whole]),
  tracks("2 LU apart", [voice(0, 1), voice(-2, 2)], []),
  tracks("a commentary that is meant to be quiet", [voice(0, 1), voice(-6, 2)], [], ["-disposition:a:1", "comment"]),
  tracks("a second track with nothing on it", [voice(0, 1), { graph: "anullsrc=r=16000:cl=mono:d=36" }], []),
  tracks("too short to tell", [voice(0, 1, 20), voice(-6, 2, 20)], []),
];
