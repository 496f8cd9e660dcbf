// Runs a command of this project, set up first if need be, on the Node that the project brings:
//   node scripts/run.mjs [--browser] COMMAND [ARG…]
import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setUpOrExit } from "./setup.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const browser = args[0] === "--browser";
const [command, ...rest] = browser ? args.slice(1) : args;

setUpOrExit({ browser });

const path = [join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter);
const child = spawn(command, rest, { cwd: root, stdio: "inherit", env: { ...process.env, PATH: path } });

// Ctrl-C reaches the whole process group; the command decides what it means, and this process waits for it.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("error", (error) => {
  process.stderr.write(`glasswatch: ${command} did not start: ${error.message}\n`);
  process.exit(1);
});
child.on("exit", (code, signal) => {
  if (signal) process.kill(process.pid, signal);
  else process.exit(code ?? 1);
});
