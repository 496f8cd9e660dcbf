import { writeFileSync } from "node:fs";

/*
 * Loaded into a command with `node --import`: tells, when it ends, what it took itself, without the processes that it
 * started.
 */

const path = process.env["BENCH_USAGE_FILE"];
if (path !== undefined && process.send === undefined) {
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(path, String((user + system) / 1e6));
  });
}
