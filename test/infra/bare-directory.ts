import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { root } from "./sst-platform.ts";

/* What the Dockerfile does, without Docker: npm run image:check. What is sent to the builder goes into an empty folder, is
   installed as there, for production only, and the tests of both services run with it. Half a minute, and npm's registry. */

const service = join(root, "services/detector");
const dockerfile = readFileSync(join(service, "Dockerfile"), "utf8");
const install = /^RUN (.*npm ci.*)$/m.exec(dockerfile)?.[1];
if (!install) throw new Error("the Dockerfile installs nothing");

const patterns = readFileSync(join(service, "Dockerfile.dockerignore"), "utf8").split("\n");
const sent = patterns.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
const leftOut = /\.(test|bench)\.ts$/;

const folder = mkdtempSync(join(tmpdir(), "glasswatch-image-"));
try {
  const files = execFileSync("git", ["ls-files", "-z", ...sent], { cwd: root, encoding: "utf8" }).split("\0");
  for (const file of files.filter((name) => name !== "" && !leftOut.test(name))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  const environment = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"]}` };
  run("sh", ["-c", install], folder, environment);
  const [size = "?"] = execFileSync("du", ["-sm", folder], { encoding: "utf8" }).split("\t");
  console.log(`${basename(folder)}: ${size} MB without Node and ffmpeg`);
  const tests = ["run", "test/e2e/detector-service.test.ts", "test/e2e/repair-service.test.ts"];
  run(join(root, "node_modules/.bin/vitest"), tests, root, { ...environment, GLASSWATCH_DETECTOR_FOLDER: folder });
} finally {
  rmSync(folder, { recursive: true });
}

function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): void {
  const { status } = spawnSync(program, args, { cwd, env, stdio: "inherit" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed`);
}
