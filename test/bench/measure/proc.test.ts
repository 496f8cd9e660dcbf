import { expect, test } from "vitest";
import { secondsOfChildren } from "./cpu-time.ts";
import { parsePrivateMemory, parseStat, privateMemory, processTree } from "./process-tree.ts";

test("the shell's times, dash's and bash's", () => {
  expect(secondsOfChildren("0m0.00s 0m0.01s\n1m2.50s 0m0.25s\n")).toBeCloseTo(62.75);
  expect(secondsOfChildren("0m0.000s 0m0.001s\n0m0.100s 2m0.020s")).toBeCloseTo(120.12);
});

test("a process whose name has spaces and parentheses", () => {
  const stat = "42 (a) S 1 (b)) S 7 42 42 0 -1 4194304 100 0 0 0 150 25 9 9 20 0 1 0 100 1000 10";
  expect(parseStat(stat)).toEqual({ id: 42, parentId: 7, cpuSeconds: 1.75 });
});

test.each(["", "42", "42 (node) S", "42 (node) S 1 a b c d e f g h i j k l"])("%j is no stat", (text) => {
  expect(() => parseStat(text)).toThrow("no /proc/PID/stat");
});

test("private memory is clean and dirty pages", () => {
  const rollup =
    "55a-7ff ---p 0 00:00 0 [rollup]\nRss: 9000 kB\nPrivate_Clean:    1024 kB\nPrivate_Dirty:    3072 kB\n";
  expect(parsePrivateMemory(rollup)).toEqual({ privateMb: 4, privateDirtyMb: 3 });
});

test.runIf(process.platform === "linux")("this process and what it is made of", () => {
  expect(processTree(process.pid)[0]).toMatchObject({ id: process.pid, parentId: process.ppid });
  expect(privateMemory(process.pid)?.privateDirtyMb).toBeGreaterThan(1);
  expect(processTree(2 ** 30)).toEqual([]);
});
