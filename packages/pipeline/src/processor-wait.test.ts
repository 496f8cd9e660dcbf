import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { processorWaitMs } from "./processor-wait.ts";

test("who shares a core with others waits for it", async () => {
  const spinners = Array.from({ length: 2 * availableParallelism() }, () =>
    spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
  );
  onTestFinished(() => {
    for (const spinner of spinners) spinner.kill("SIGKILL");
  });
  await expect
    .poll(() => Math.max(...spinners.map(({ pid }) => processorWaitMs(pid))), { timeout: 60_000 })
    .toBeGreaterThan(200);
});

test("a process that is not there waits for nothing", () => {
  expect(processorWaitMs(undefined)).toBe(0);
  expect(processorWaitMs(2 ** 30)).toBe(0);
});
