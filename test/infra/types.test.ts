import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, sstPlatform } from "./sst-platform.ts";

/** SST's components for other clouds name packages that are not installed here; the files of this project have no such excuse. */
const ofSst = /^(node_modules\/|\s)/;

test("the program agrees with SST's own types", () => {
  sstPlatform();
  const { stdout } = spawnSync(join(root, "node_modules/.bin/tsc"), ["--project", "tsconfig.infra.json"], {
    cwd: root,
    encoding: "utf8",
  });
  const lines = stdout.split("\n").filter((line) => line !== "" && !ofSst.test(line));
  expect(lines).toEqual([]);
  // It did look: what SST lacks is told.
  expect(stdout).toContain("node_modules/.sst");
});
