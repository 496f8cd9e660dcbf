import { main } from "./main.ts";
import { flushed, quietOnBrokenPipe } from "./output-stream.ts";
import { stopSignal } from "./stop-signal.ts";

// The program's entry: the one file that touches the process. bin/glasswatch.js imports it, or runs it on another Node.
const stop = stopSignal(process);
quietOnBrokenPipe(process.stdout);
quietOnBrokenPipe(process.stderr);
const code = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: () => process.stdin,
  cwd: process.cwd(),
  env: process.env,
  signal: stop.signal,
  now: () => performance.now(),
});
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
stop.release();
process.exit(code);
