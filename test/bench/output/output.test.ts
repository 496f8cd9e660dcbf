import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { replacePart } from "../../support/marked-part.ts";
import { root } from "../commands.ts";
import { partNames } from "../parts.ts";
import { tableText } from "./table.ts";

test("figures are aligned to the right", () => {
  const table = {
    headings: ["what", "MB"],
    rows: [
      ["a", "1.5"],
      ["longer", "–"],
      ["b", "-12.0"],
    ],
  };
  expect(tableText(table)).toBe(
    ["| what   |    MB |", "| ------ | ----: |", "| a      |   1.5 |", "| longer |     – |", "| b      | -12.0 |"].join(
      "\n",
    ),
  );
});

test("what people wrote around a table stays", () => {
  const page = "before\n<!-- bench:ratios -->\nold\n<!-- /bench:ratios -->\nafter\n";
  expect(replacePart(page, "bench:ratios", "new")).toBe(
    "before\n<!-- bench:ratios -->\n\nnew\n\n<!-- /bench:ratios -->\nafter\n",
  );
  expect(() => replacePart(page, "bench:memory", "new")).toThrow("bench:memory");
});

test("the page has a place for every part", () => {
  const page = readFileSync(join(root, "docs/performance.md"), "utf8");
  for (const name of [...partNames, "targets"])
    expect(replacePart(page, `bench:${name}`, "figures")).toContain("figures");
});
