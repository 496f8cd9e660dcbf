import type { Finding } from "@glasswatch/core/finding";
import type { ScanDocument, ScanResult } from "@glasswatch/core/scan-result";
import { isAtLeast, type Severity, severities } from "@glasswatch/core/severity";
import { measurementInWords, spanInWords } from "./report/finding-words.ts";
import { subjectInWords } from "./report/subject.ts";

export interface JUnitOptions {
  /** A detector's test case fails from this severity on. */
  readonly failOn: Severity;
}

interface TestCase {
  readonly name: string;
  readonly outcome: "passed" | "failure" | "error" | "skipped";
  /** One line. */
  readonly message?: string;
  readonly details?: string;
  /** Findings too slight to fail the case. */
  readonly output?: string;
}

/**
 * A scan as JUnit XML, in the form that Jenkins, GitLab and the reporters of GitHub Actions read: a suite for each
 * input, and in it a case `input` (read to its end?) and one for each detector. A case has one failure at most, as those
 * readers show the first only; its text lists every finding.
 */
export function renderJunit(document: ScanDocument, { failOn }: JUnitOptions): string {
  const suites = document.results.map((result) => ({ result, cases: casesOf(result, failOn) }));
  const all = suites.flatMap(({ cases }) => cases);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="glasswatch" ${counts(all)}>`,
    ...suites.flatMap(({ result, cases }) => renderSuite(result, cases)),
    "</testsuites>",
  ];
  return `${lines.join("\n")}\n`;
}

function casesOf(result: ScanResult, failOn: Severity): TestCase[] {
  return [inputCase(result), ...result.detectors.map((detector) => detectorCase(result, detector, failOn))];
}

function inputCase({ error, complete }: ScanResult): TestCase {
  if (error)
    return { name: "input", outcome: "error", message: error.message, details: `${error.code}: ${error.message}` };
  if (!complete) return { name: "input", outcome: "error", message: "not analysed to its end" };
  return { name: "input", outcome: "passed" };
}

type DetectorStatus = ScanResult["detectors"][number];

function detectorCase({ findings }: ScanResult, { id, status, message }: DetectorStatus, failOn: Severity): TestCase {
  const own = findings.filter(({ kind }) => kind === id);
  const failing = own.filter(({ severity }) => isAtLeast(severity, failOn));
  const slight = own.filter(({ severity }) => !isAtLeast(severity, failOn));
  const output = slight.length > 0 ? { output: slight.map(describe).join("\n") } : {};
  if (status === "errored") {
    const details = own.map(describe).join("\n");
    return { name: id, outcome: "error", message: message ?? "the detector failed", details };
  }
  if (failing.length > 0) {
    const first = describe(failing[0] as Finding);
    const summary = failing.length === 1 ? first : `${failing.length} findings, the first: ${first}`;
    return { name: id, outcome: "failure", message: summary, details: failing.map(describe).join("\n"), ...output };
  }
  if (status === "skipped") return { name: id, outcome: "skipped", message: message ?? "nothing to look at" };
  return { name: id, outcome: "passed", ...output };
}

function describe(finding: Finding): string {
  const { severity, subject, measurements } = finding;
  const measured = measurements.map(measurementInWords).join("; ");
  return `${severity}, ${spanInWords(finding)}, ${subjectInWords(subject)}${measured ? `: ${measured}` : ""}`;
}

function renderSuite({ input, findings, coverage }: ScanResult, cases: readonly TestCase[]): string[] {
  const tally = severities.map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return `      <property name="findings.${severity}" value="${count}"/>`;
  });
  return [
    `  <testsuite name="${attribute(input)}" ${counts(cases)}>`,
    "    <properties>",
    ...tally,
    ...Object.entries(coverage ?? {}).map(
      ([name, seconds]) => `      <property name="coverage.${name}" value="${seconds}"/>`,
    ),
    "    </properties>",
    ...cases.flatMap((testCase) => renderCase(input, testCase)),
    "  </testsuite>",
  ];
}

function renderCase(input: string, { name, outcome, message, details, output }: TestCase): string[] {
  const open = `    <testcase name="${attribute(name)}" classname="${attribute(input)}"`;
  const body: string[] = [];
  if (outcome === "skipped") body.push(`      <skipped message="${attribute(message ?? "")}"/>`);
  if (outcome === "failure" || outcome === "error") {
    const start = `      <${outcome} message="${attribute(message ?? "")}" type="${attribute(name)}"`;
    body.push(details ? `${start}>${text(details)}</${outcome}>` : `${start}/>`);
  }
  if (output) body.push(`      <system-out>${text(output)}</system-out>`);
  return body.length === 0 ? [`${open}/>`] : [`${open}>`, ...body, "    </testcase>"];
}

function counts(cases: readonly TestCase[]): string {
  const count = (outcome: TestCase["outcome"]) => cases.filter((testCase) => testCase.outcome === outcome).length;
  const figures = { failures: count("failure"), errors: count("error"), skipped: count("skipped") };
  return `tests="${cases.length}" failures="${figures.failures}" errors="${figures.errors}" skipped="${figures.skipped}"`;
}

/** Everything outside the Char production of XML 1.0 §2.2, lone surrogates included. */
const illegalInXml = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function text(value: string): string {
  const legal = value.replace(illegalInXml, "\uFFFD");
  return legal.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "&#13;");
}

/** White space in an attribute is normalised unless written as a reference (XML 1.0 §3.3.3). */
function attribute(value: string): string {
  return text(value).replaceAll('"', "&quot;").replaceAll("\t", "&#9;").replaceAll("\n", "&#10;");
}
