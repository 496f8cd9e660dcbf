// Makes a clean clone ready to run: plain JavaScript without dependencies, for any Node from 20 on. It asks nothing,
// does nothing twice, and says in one line what to type where it cannot help itself.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, "node_modules", ".glasswatch-setup");
const localNode = join(root, "node_modules", ".bin", "node");
const browserNames = ["chromium", "chromium-browser", "google-chrome"];

/** Ends set-up with one line for the person at the terminal. */
class SetupError extends Error {}

/**
 * @param {{ browser: boolean }} wanted whether the browser for the report's tests is needed too
 */
export function setUp({ browser }) {
  const [major = 0] = process.versions.node.split(".").map(Number);
  if (major < 20) throw new SetupError(`Node ${process.versions.node} is too old; install Node 20 or newer`);
  installDependencies();
  installProgram({ names: ["ffmpeg"], packageName: "ffmpeg" });
  if (browser) installProgram({ names: browserNames, packageName: "chromium" });
}

function installDependencies() {
  const stamp = stampOf();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp && answers(localNode)) return;

  say("installing dependencies (once) …");
  const env = {
    ...process.env,
    // node-av carries its own FFmpeg library; its postinstall would fetch a program besides.
    SKIP_FFMPEG: "true",
    // npm must be able to run the script that puts Node 24 in place.
    npm_config_ignore_scripts: "false",
  };
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, env, stdio: ["ignore", 2, 2] })
    : spawnSync("npm", args, { cwd: root, env, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new SetupError("npm could not install the dependencies (see above); type: npm ci");
  if (!answers(localNode)) throw new SetupError("Node 24 did not install; type: npm rebuild node");
  writeFileSync(stampFile, stamp);
}

function stampOf() {
  const lock = readFileSync(join(root, "package-lock.json"));
  return `${createHash("sha256").update(lock).digest("hex")} ${process.platform}-${process.arch}`;
}

function installProgram({ names, packageName }) {
  if (names.some((name) => answers(name))) return;
  const { command, commands } = installerOf(packageName);
  if (!commands) throw new SetupError(`${packageName} is missing; type: ${command}`);
  say(`installing ${packageName} …`);
  for (const [program, ...args] of commands) {
    spawnSync(program, args, {
      stdio: ["ignore", "ignore", 2],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  }
  if (!names.some((name) => answers(name))) throw new SetupError(`${packageName} did not install; type: ${command}`);
}

/** What a person would type, and what may be run without asking for a password. */
function installerOf(packageName) {
  if (process.platform === "darwin") {
    const command = `brew install ${packageName === "chromium" ? "--cask chromium" : packageName}`;
    return { command, commands: answers("brew") ? [command.split(" ")] : undefined };
  }
  if (!answers("apt-get")) {
    return { command: `your package manager's way of installing ${packageName}`, commands: undefined };
  }
  const steps = [
    ["apt-get", "update", "-qq"],
    ["apt-get", "install", "-y", "-qq", "--no-install-recommends", packageName],
  ];
  if (process.getuid?.() === 0) return { command: steps[1].join(" "), commands: steps };
  const command = `sudo apt-get update && sudo apt-get install -y ${packageName}`;
  const mayBecomeRoot = spawnSync("sudo", ["-n", "true"]).status === 0;
  return { command, commands: mayBecomeRoot ? steps.map((step) => ["sudo", "-n", ...step]) : undefined };
}

function answers(program) {
  const flag = program === "ffmpeg" ? "-version" : "--version";
  return spawnSync(program, [flag], { stdio: "ignore" }).status === 0;
}

function say(line) {
  process.stderr.write(`glasswatch: ${line}\n`);
}

/** Runs `setUp` and turns what stands in its way into one line and exit code 1. */
export function setUpOrExit(wanted) {
  try {
    setUp(wanted);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exit(1);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) setUpOrExit({ browser: false });
