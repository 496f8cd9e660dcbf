import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import type { Errand } from "./errands.ts";
import type { Harness } from "./harness.ts";

export interface Elsewhere {
  /** Resolves with the next line that the process says; rejects where it ends without. */
  said(): Promise<string>;
  /** As `kill -9` does, and waits until it is gone. */
  kill(): Promise<void>;
  /** Resolves when it is gone. */
  readonly gone: Promise<unknown>;
}

/** Does an errand in a process of its own, which is killed when the test is over. */
export function elsewhere({ elsewhere: { module, argument } }: Harness, errand: Errand): Elsewhere {
  const script = join(import.meta.dirname, "errands.ts");
  const child = spawn(process.execPath, [script, module, JSON.stringify(argument), JSON.stringify(errand)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = once(child, "exit");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  onTestFinished(kill);
  return {
    async said() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the process ended before it said anything: ${JSON.stringify(errand)}`);
      return value;
    },
    kill,
    gone,
  };
}
