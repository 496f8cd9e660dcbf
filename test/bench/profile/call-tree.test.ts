import { expect, test } from "vitest";
import { byFunction, totalOf, treeOfCpuProfile } from "./call-tree.ts";
import { flameGraph } from "./flame-graph.ts";

function frame(functionName: string, url = "") {
  return { functionName, url, lineNumber: 9, columnNumber: 0, scriptId: "1" };
}

const tree = treeOfCpuProfile({
  startTime: 0,
  endTime: 100,
  nodes: [
    { id: 1, callFrame: frame("(root)"), children: [2, 4] },
    { id: 2, callFrame: frame("decode", "file:///home/me/glasswatch/packages/media/src/a.ts"), children: [3] },
    { id: 3, callFrame: frame("") },
    { id: 4, callFrame: frame("a<b", "file:///home/me/glasswatch/node_modules/x/y.js") },
  ],
  samples: [2, 3, 3, 4],
  timeDeltas: [5, 10, 40, 30, 20],
});

test("a sample's time lasts until the next", () => {
  expect(byFunction(tree)).toEqual([
    { name: "native code of decode", place: "", own: 70 },
    { name: "a<b", place: "node_modules/x/y.js:10", own: 20 },
    { name: "decode", place: "packages/media/src/a.ts:10", own: 10 },
    { name: "(root)", place: "", own: 0 },
  ]);
  expect(totalOf(tree)).toBe(100);
});

test("the flame graph is as wide as time, and its names are escaped", () => {
  const svg = flameGraph("Try & see", tree);
  expect(svg).toContain("Try &amp; see");
  expect(svg).toContain("<title>decode packages/media/src/a.ts:10: 80.0 %</title>");
  expect(svg).toContain('<rect x="960.0" y="48" width="240.0"');
  expect(svg).toContain("a&lt;b");
});
