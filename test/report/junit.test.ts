import { renderJunit } from "@glasswatch/cli/junit";
import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { sampleOutcome } from "./sample.ts";

interface Suite {
  readonly name: string;
  /** Tests, failures, errors, skipped. */
  readonly counts: readonly number[];
  readonly cases: readonly Readonly<Record<"name" | "outcome" | "message" | "text" | "output", string | null>>[];
}

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
});

afterAll(() => browser?.close());

/** The suites as a browser's XML parser reads them, which forgives nothing. */
function parse(xml: string): Promise<Suite[]> {
  return page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, "application/xml");
    const fault = root.querySelector("parsererror")?.textContent;
    if (fault) throw new Error(fault);
    return [...root.querySelectorAll("testsuite")].map((suite) => ({
      name: suite.getAttribute("name") ?? "",
      counts: ["tests", "failures", "errors", "skipped"].map((name) => Number(suite.getAttribute(name))),
      cases: [...suite.querySelectorAll("testcase")].map((testCase) => {
        const outcome = testCase.querySelector("failure, error, skipped");
        return {
          name: testCase.getAttribute("name"),
          outcome: outcome?.tagName ?? "passed",
          message: outcome?.getAttribute("message") ?? null,
          text: outcome?.textContent ?? null,
          output: testCase.querySelector("system-out")?.textContent ?? null,
        };
      }),
    }));
  }, xml);
}

function junit(...outcomes: readonly ReturnType<typeof sampleOutcome>[]): Promise<Suite[]> {
  return parse(renderJunit({ schemaVersion: 1, results: outcomes.map(({ result }) => result) }, { failOn: "major" }));
}

const frozen = { kind: "frozen-picture", startSeconds: 12.04, endSeconds: 24 } as const;

describe("renderJunit", () => {
  test("a clean input passes, input and each detector by itself", async () => {
    const [suite] = await junit(sampleOutcome({ input: "a.ts" }));
    expect(suite).toMatchObject({ name: "a.ts", counts: [13, 0, 0, 0] });
    expect(suite?.cases.map(({ name }) => name)).toContain("frozen-picture");
  });

  test("findings from the wanted severity on fail, with times and measurements; slighter ones are told only", async () => {
    const findings = [
      { ...frozen, severity: "major" as const },
      { ...frozen, severity: "minor" as const, startSeconds: 40, endSeconds: null },
      { kind: "black-picture", startSeconds: 1, endSeconds: 4, severity: "minor" as const },
    ];
    const [suite] = await junit(sampleOutcome({ findings }));
    expect(suite?.counts).toEqual([13, 1, 0, 0]);
    expect(suite?.cases.find(({ name }) => name === "frozen-picture")).toMatchObject({
      outcome: "failure",
      text: "major, 00:00:12.040 to 00:00:24.000, picture: block difference 0.4 code value, below the threshold of 1 code value",
      output: expect.stringContaining("minor, 00:00:40.000 to the end"),
    });
    expect(suite?.cases.find(({ name }) => name === "black-picture")).toMatchObject({ outcome: "passed" });
  });

  test("failed inputs and errored detectors are errors, skipped ones skipped", async () => {
    const detectors = [
      { id: "frozen-picture", status: "errored" as const, message: "x is not a function" },
      { id: "audio-silence", status: "skipped" as const, message: "no sound" },
    ];
    const error = { code: "truncated", message: "cut off at 00:36" };
    const [first, second] = await junit(sampleOutcome({ detectors, error }), sampleOutcome({ opened: false, error }));
    expect(first?.counts).toEqual([3, 0, 2, 1]);
    expect(first?.cases.map(({ message }) => message)).toEqual(["cut off at 00:36", "x is not a function", "no sound"]);
    expect(second?.counts).toEqual([1, 0, 1, 0]);
  });

  test("an interrupted scan is an error, even without a reason", async () => {
    const [suite] = await junit(sampleOutcome({ complete: false }));
    expect(suite?.cases[0]).toMatchObject({ name: "input", outcome: "error" });
  });

  test("any names and messages make well-formed XML that reads back", async () => {
    const hostile = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 30 });
    const nasty = fc.constantFrom(
      "]]>",
      "<!--",
      "&#0;",
      '"',
      "\u0000\u0007",
      "\uD800",
      "\uFFFE",
      "\t\r\n",
      "</testsuite>",
    );
    const text = fc.array(fc.oneof(hostile, nasty), { maxLength: 4 }).map((parts) => parts.join(""));
    const samples = fc.sample(fc.tuple(text, text), 60);
    const outcomes = samples.map(([input, message]) =>
      sampleOutcome({ input, error: { code: "not-media", message }, opened: false }),
    );
    const suites = await junit(...outcomes);
    for (const [index, [input, message]] of samples.entries()) {
      const legal = (value: string) =>
        value
          .toWellFormed()
          .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, (c) =>
            /[\t\r\n]/.test(c) || (c >= "\u007f" && c < "\ufffe") ? c : "\ufffd",
          );
      expect(suites[index]?.name).toBe(legal(input));
      expect(suites[index]?.cases[0]?.message).toBe(legal(message));
    }
  });
});
