import type { AnyDetector } from "@glasswatch/core/detector";
import type { Condition } from "@glasswatch/detectors/conditions";
import {
  calibrationText,
  conditionText,
  type DetectorDoc,
  defaultText,
  detectorDoc,
  type OptionDoc,
  rangeText,
} from "@glasswatch/detectors/docs";
import type { Effects } from "../effects.ts";
import { type Paint, paintFor } from "../human/paint.ts";
import { wrapped } from "../human/wrapped.ts";

interface Look {
  readonly paint: Paint;
  readonly width: number;
}

/** A kind of finding in plain words: what is measured, against what, on what basis, and how to change it. */
export function explanation(detector: AnyDetector, { stdout, env }: Pick<Effects, "stdout" | "env">): string {
  const look = { paint: paintFor({ env }, stdout), width: Math.min(stdout.columns ?? 100, 100) };
  const doc = detectorDoc(detector);
  const paragraph = (text: string) => wrapped(text, { indent: 0, width: look.width });
  const part = (heading: string, lines: readonly string[]) =>
    lines.length > 0 ? [[look.paint("bold", heading), ...lines].join("\n")] : [];
  return `${[
    `${look.paint("bold", doc.title)} (${doc.id})`,
    paragraph(doc.why),
    ...part("How it is measured", [indented(doc.method, look)]),
    ...part("From where on it is told, unless a profile says otherwise", conditionLines(doc, look)),
    ...part("What that rests on", doc.standard === null ? [] : [indented(doc.standard, look)]),
    ...part("Thresholds and options", optionLines(doc.options, look)),
    ...(doc.expectation
      ? part(
          `What a profile may expect, under expect.${doc.expectation.name}`,
          optionLines(doc.expectation.options, look),
        )
      : []),
    ...part("How to change it", changeLines(doc, look)),
  ].join("\n\n")}\n`;
}

function indented(text: string, { width }: Look): string {
  return wrapped(text, { indent: 2, width });
}

function conditionLines(doc: DetectorDoc, { paint }: Look): readonly string[] {
  const texts = doc.conditions.map((condition) => conditionText(condition, doc));
  const longest = Math.max(0, ...texts.map((text) => text.length));
  const setBy = ({ option }: Condition) => paint("dim", option === null ? "not an option" : `set by ${option}`);
  return doc.conditions.map((condition, index) => `  ${(texts[index] ?? "").padEnd(longest)}  ${setBy(condition)}`);
}

function optionLines(options: readonly OptionDoc[], { paint, width }: Look): readonly string[] {
  return options.flatMap((option) => {
    const facts = [
      defaultText(option) && `default ${defaultText(option)}`,
      rangeText(option) && `range ${rangeText(option)}`,
    ];
    const tail = facts.filter(Boolean).join(", ");
    return [
      `  ${paint("bold", option.name)}${tail && `  ${paint("dim", tail)}`}`,
      ...(option.description ? [wrapped(option.description, { indent: 4, width })] : []),
    ];
  });
}

function changeLines(doc: DetectorDoc, look: Look): readonly string[] {
  const learned = doc.calibration && calibrationText(doc.calibration).replaceAll("`", "");
  return [
    indented("Write what differs into a profile, and give it with --profile FILE:", look),
    ...exampleProfile(doc).map((line) => `    ${line}`),
    ...(learned ? [indented(`${learned}.`, look)] : []),
    indented(
      `A finding was no defect? glasswatch feedback FINDING SCAN.json --not-a-defect proposes the change.`,
      look,
    ),
    indented(`To leave it out altogether: --skip ${doc.id}`, look),
  ];
}

/** The options that decide, as they are by default. */
function exampleProfile({ id, options, conditions }: DetectorDoc): readonly string[] {
  const deciding = options.filter(({ name }) => conditions.some(({ option }) => option === name));
  const shown = deciding.length > 0 ? deciding : options.slice(0, 1);
  const settings =
    shown.length > 0
      ? ["    options:", ...shown.map((option) => `      ${option.name}: ${JSON.stringify(option.default)}`)]
      : ["    severity: info"];
  return ["detectors:", `  ${id}:`, ...settings];
}
