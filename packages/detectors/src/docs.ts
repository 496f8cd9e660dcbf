import type { AnyDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { type Condition, conditionInWords, conditionsOf } from "./conditions.ts";

/** One option of a detector, as its schema tells it. */
export interface OptionDoc {
  readonly name: string;
  readonly type: string;
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly choices?: readonly unknown[];
  /** As the name tells: `s` of `minSeconds`. */
  readonly unit?: string;
  readonly description: string;
}

/** One detector as plain data: what `glasswatch detectors --json` prints. */
export interface DetectorDoc {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  /** In plain words: what is measured, and when it is told. */
  readonly method: string;
  readonly standard: string | null;
  /** What has to be so for a finding, and which option says so. */
  readonly conditions: readonly Condition[];
  /** What `glasswatch calibrate` learns from clean material; null where it learns nothing. */
  readonly calibration: {
    readonly measures: string;
    readonly unit: string;
    readonly options: readonly { readonly name: string; readonly from: string }[];
  } | null;
  readonly watches: "picture" | "sound" | "timestamps" | "programme";
  readonly needs: readonly string[];
  readonly options: readonly OptionDoc[];
  /** What a profile may say to it: `expect.NAME`. */
  readonly expectation: { readonly name: string; readonly options: readonly OptionDoc[] } | null;
}

const watches = { video: "picture", audio: "sound", clock: "timestamps", programme: "programme" } as const;

export function detectorDoc(detector: AnyDetector): DetectorDoc {
  const { id, title, why, method, standard, calibration, media, needs, options, expectation } = detector;
  return {
    id,
    title,
    why,
    method,
    standard: standard ?? null,
    conditions: conditionsOf(detector),
    calibration: calibration
      ? {
          measures: calibration.measures,
          unit: calibration.unit,
          options: Object.entries(calibration.learns).map(([name, learned]) => ({ name, from: learned?.from ?? "" })),
        }
      : null,
    watches: watches[media],
    needs,
    options: optionDocs(options),
    expectation: expectation ? { name: expectation.name, options: optionDocs(expectation.schema) } : null,
  };
}

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly enum?: readonly unknown[];
}

function optionDocs(schema: z.ZodType): readonly OptionDoc[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input" }) as JsonSchema;
  return Object.entries(properties).map(([name, property]) => {
    const minimum = property.minimum ?? property.exclusiveMinimum;
    const maximum = property.maximum ?? property.exclusiveMaximum;
    const unit = unitOf(name);
    return {
      name,
      type: property.type ?? "any",
      default: property.default ?? null,
      ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
      ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
      ...(property.enum ? { choices: property.enum } : {}),
      ...(unit === undefined ? {} : { unit }),
      description: property.description ?? "",
    };
  });
}

const unitsBySuffix: readonly (readonly [RegExp, string])[] = [
  [/Milliseconds$|Ms$/, "ms"],
  [/Seconds$/, "s"],
  [/Dbfs$/, "dBFS"],
  [/Dbtp$/, "dBTP"],
  [/Lufs$/, "LUFS"],
  [/Lkfs$/, "LKFS"],
  [/Lu$/, "LU"],
  [/Db$/, "dB"],
  [/Hz$/, "Hz"],
  [/Percent$/, "%"],
  [/Frames$/, "frames"],
  [/Pixels$/, "px"],
];

function unitOf(name: string): string | undefined {
  return unitsBySuffix.find(
    ([suffix]) => suffix.test(name) || suffix.test(name.replace(/^./, (c) => c.toUpperCase())),
  )?.[1];
}

/** `0 to 1`, `at least 0.1`; empty where anything of the type goes. */
export function rangeText({ minimum, maximum, choices }: OptionDoc): string {
  if (choices) return choices.join(", ");
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  return maximum === undefined ? "" : `at most ${maximum}`;
}

/** `2 s`; empty where there is no default. */
export function defaultText(option: OptionDoc): string {
  if (option.default === null) return "";
  const value = typeof option.default === "object" ? JSON.stringify(option.default) : String(option.default);
  return option.unit === undefined ? value : `${value} ${option.unit}`;
}

/** `how long it lasts: 2 s or more`, with what options have unless a profile says otherwise. */
export function conditionText(condition: Condition, { options }: DetectorDoc): string {
  const option = options.find(({ name }) => name === condition.option);
  return conditionInWords(condition, option && defaultText(option));
}

/** The command that writes `docs/detectors.md` anew. */
export const renewDocsCommand = "npx glasswatch detectors --markdown > docs/detectors.md";

/** The page of all detectors, for `docs/detectors.md`. */
export function detectorsMarkdown(registry: readonly AnyDetector[]): string {
  const docs = registry.map(detectorDoc);
  return [
    "# Detectors",
    `Generated from the detectors themselves by \`${renewDocsCommand}\`. Change the detector, not this page.`,
    "Options go into a [profile](profile.md) under `detectors.ID.options`, expectations under `expect`.",
    table(
      ["Detector", "Watches", "Why"],
      docs.map(({ id, watches: watched, why }) => [`[\`${id}\`](#${id})`, watched, why]),
    ),
    ...docs.flatMap(detectorSections),
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");
}

function detectorSections(doc: DetectorDoc): readonly string[] {
  return [
    `## ${doc.id}`,
    `**${doc.title}.** ${doc.why}`,
    doc.method,
    ...(doc.conditions.length === 0
      ? []
      : ["Told from:", doc.conditions.map((condition) => conditionLine(condition, doc)).join("\n")]),
    ...(doc.standard === null ? [] : [`Basis: ${doc.standard}`]),
    ...(doc.options.length === 0 ? ["It has no options."] : [optionTable("Option", doc.options)]),
    ...(doc.expectation
      ? [
          `A profile may tell it what to expect, under \`expect.${doc.expectation.name}\`:`,
          optionTable("Expectation", doc.expectation.options),
        ]
      : []),
    ...(doc.calibration ? [`${calibrationText(doc.calibration)} ([calibration.md](calibration.md)).`] : []),
  ];
}

function conditionLine(condition: Condition, doc: DetectorDoc): string {
  const setBy = condition.option === null ? "no option" : `\`${condition.option}\``;
  return `- ${conditionText(condition, doc)} (${setBy})`;
}

/** `glasswatch calibrate learns maximumWidth from the width of edges: …` */
export function calibrationText({ measures, options }: NonNullable<DetectorDoc["calibration"]>): string {
  const learned = options.map(({ name, from }) => `\`${name}\` (${from})`).join(", ");
  return `\`glasswatch calibrate\` learns from the ${measures} of clean material: ${learned}`;
}

function optionTable(heading: string, options: readonly OptionDoc[]): string {
  return table(
    [heading, "Default", "Range", "Meaning"],
    options.map((option) => [`\`${option.name}\``, defaultText(option), rangeText(option), option.description]),
  );
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}
