import type { AnyDetector } from "@glasswatch/core/detector";
import { defaultText, detectorDoc, type OptionDoc, rangeText } from "@glasswatch/detectors/docs";
import type { Effects } from "../effects.ts";
import { paintFor } from "../human/paint.ts";
import { wrapped } from "../human/wrapped.ts";

/** A kind of finding in plain words: what is measured, against what, on what basis, and how to change it. */
export function explanation(detector: AnyDetector, { stdout, env }: Pick<Effects, "stdout" | "env">): string {
  const paint = paintFor({ env }, stdout);
  const width = Math.min(stdout.columns ?? 100, 100);
  const doc = detectorDoc(detector);
  const paragraph = (text: string, indent = 0) => wrapped(text, { indent, width });
  const optionLines = (options: readonly OptionDoc[]) =>
    options.flatMap((option) => {
      const facts = [
        defaultText(option) && `default ${defaultText(option)}`,
        rangeText(option) && `range ${rangeText(option)}`,
      ];
      const tail = facts.filter(Boolean).join(", ");
      return [
        `  ${paint("bold", option.name)}${tail && `  ${paint("dim", tail)}`}`,
        ...(option.description ? [paragraph(option.description, 4)] : []),
      ];
    });
  return `${[
    `${paint("bold", doc.title)} (${doc.id})`,
    paragraph(doc.why),
    paragraph(`It watches the ${doc.watches} and is measured by: ${doc.needs.join(", ")}.`),
    ...(doc.standard === null ? [] : [paragraph(`Basis: ${doc.standard}`)]),
    ...(doc.options.length > 0 ? [["Thresholds and options:", ...optionLines(doc.options)].join("\n")] : []),
    ...(doc.expectation
      ? [
          [
            `What a profile may expect, under expect.${doc.expectation.name}:`,
            ...optionLines(doc.expectation.options),
          ].join("\n"),
        ]
      : []),
    ["To change it, give a profile with --profile FILE:", ...exampleProfile(doc.id, doc.options)].join("\n"),
    `To leave it out: --skip ${doc.id}`,
  ].join("\n\n")}\n`;
}

function exampleProfile(id: string, options: readonly OptionDoc[]): readonly string[] {
  const option = options.find((candidate) => candidate.default !== null);
  const setting = option
    ? ["    options:", `      ${option.name}: ${JSON.stringify(option.default)}`]
    : ["    severity: info"];
  return ["  detectors:", `    ${id}:`, ...setting.map((line) => `  ${line}`)];
}
