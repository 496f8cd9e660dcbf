import type { Paint } from "../human/paint.ts";
import { table } from "../human/table.ts";
import { formatNumber } from "../report/format.ts";
import type { Lesson } from "./learn-options.ts";

/** What was measured, and what every option was and will be. */
export function lessonText({ measured, settings }: Lesson, paint: Paint): readonly string[] {
  const head = (words: readonly string[]) => words.map((word) => paint("dim", word));
  const figures = measured.map(({ detector, measures, unit, count, low, median, high }) => [
    paint("bold", detector),
    measures,
    ...(count === 0 ? ["", "nothing to measure", ""] : [low, median, high].map((value) => withUnit(value, unit))),
  ]);
  const changes = settings.map(({ detector, option, was, willBe, isAtLimit, change }) => [
    paint("bold", detector),
    option,
    typeof was === "number" ? formatNumber(was) : String(was),
    formatNumber(willBe),
    remarkOf(isAtLimit, change === null, paint),
  ]);
  return [
    ...table([head(["detector", "measured", "5 %", "median", "95 %"]), ...figures], [{}, {}, right, right, right]),
    "",
    ...table([head(["detector", "option", "was", "will be", ""]), ...changes], [{}, {}, right, right, {}]),
  ];
}

function remarkOf(isAtLimit: boolean, isExpected: boolean, paint: Paint): string {
  if (isExpected) return paint("dim", "the profile expects it");
  return isAtLimit ? paint("yellow", "the material asks for more; this is as far as it is ever learned") : "";
}

const right = { align: "right" } as const;

function withUnit(value: number, unit: string): string {
  return unit === "" ? formatNumber(rounded(value)) : `${formatNumber(rounded(value))} ${unit}`;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
