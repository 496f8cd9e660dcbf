import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { detectorDoc, detectorsMarkdown, renewDocsCommand } from "./docs.ts";
import { detectors } from "./registry.ts";
import { tinyDetectors } from "./testing/tiny-detectors.ts";

test("a detector's options are told with default, range, unit and meaning", () => {
  const [stillLake, deepHum] = tinyDetectors.map(detectorDoc);
  expect(stillLake?.options[0]).toEqual({
    name: "minSeconds",
    type: "number",
    default: 2,
    minimum: 0.1,
    maximum: 3600,
    unit: "s",
    description: "Shortest stillness that is told about; Lake Survey 12 §3.1.",
  });
  expect(stillLake?.options[2]).toMatchObject({ choices: ["anchor", "neighbour"], default: "anchor" });
  expect(deepHum).toMatchObject({ watches: "sound", standard: null, expectation: { name: "mains" } });
});

test("the page has a section and a table for each", () => {
  const page = detectorsMarkdown(tinyDetectors);
  expect(page).toContain("| [`still-lake`](#still-lake) | picture | A lake without a ripple");
  expect(page).toContain("| `minSeconds` | 2 s | 0.1 to 3600 | Shortest stillness");
  expect(page).toContain("| `thresholdDbfs` | -50 dBFS | at most 0 |");
  expect(page).toContain("under `expect.mains`");
});

test("docs/detectors.md is what the detectors say", async () => {
  const page = await readFile(new URL("../../../docs/detectors.md", import.meta.url), "utf8");
  expect(page, `docs/detectors.md is stale; type: ${renewDocsCommand}`).toBe(detectorsMarkdown(detectors));
});

test("every option of every detector has a default and a description", () => {
  for (const { id, options } of detectors.map(detectorDoc)) {
    for (const option of options) {
      expect(option.description, `${id}.${option.name}`).not.toBe("");
      expect(option.default, `${id}.${option.name}`).not.toBeNull();
    }
  }
});
