import { setTimeout as after } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { ConflictError } from "@glasswatch/core/ports/errors";
import type { Ports } from "@glasswatch/core/ports/ports";
import type { PortsModule } from "./harness.ts";
import { ended } from "./sample-events.ts";

/* What another process does to the state under test: `node errands.ts MODULE ARGUMENT ERRAND`. */

export type Errand =
  /** Takes messages, says the body of each, and is never done with one. */
  | { readonly do: "hold"; readonly queue: string }
  /** Writes rows `0`, `1`, … of a partition, each with an event of that key; says the last, and dies at once. */
  | { readonly do: "write and die"; readonly partition: string; readonly rows: number }
  /** Adds 1 to a row's count so many times, as often as others are in the way. */
  | { readonly do: "count"; readonly partition: string; readonly times: number }
  /** Sets a timer, and dies at once. */
  | { readonly do: "time and die"; readonly key: string; readonly dueInSeconds: number };

type Errands = { readonly [Name in Errand["do"]]: (ports: Ports, errand: Errand & { do: Name }) => Promise<void> };

const errands: Errands = {
  hold: async ({ queues }, { queue }) => {
    const forever = ({ body }: { readonly body: unknown }) => {
      console.log(JSON.stringify(body));
      return new Promise<void>(() => {});
    };
    queues.consume(queue, forever, { concurrency: 10 });
  },
  "write and die": async ({ table }, { partition, rows }) => {
    for (let row = 0; row < rows; row++) {
      const key = { partition, sort: String(row) };
      await table.write({ key, value: { row }, replaces: 0, outbox: [{ event: ended(`${partition}-${row}`) }] });
    }
    die(`wrote ${rows}`);
  },
  count: async ({ table }, { partition, times }) => {
    for (let done = 0; done < times; ) {
      const key = { partition, sort: "count" };
      const row = await table.get(key);
      const value = { count: Number(row?.value["count"] ?? 0) + 1 };
      try {
        await table.write({ key, value, replaces: row?.version ?? 0 });
        done++;
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        await after(Math.random() * 5);
      }
    }
    die(`counted ${times}`);
  },
  "time and die": async ({ timers }, { key, dueInSeconds }) => {
    await timers.at(key, new Date(Date.now() + dueInSeconds * 1000), ended(key));
    die("set");
  },
};

function die(lastWords: string): void {
  process.stdout.write(`${lastWords}\n`, () => process.kill(process.pid, "SIGKILL"));
}

if (import.meta.main) {
  const [module = "", argument = "null", errandJson = "null"] = process.argv.slice(2);
  const { openPorts } = (await import(pathToFileURL(module).href)) as PortsModule;
  const errand: Errand = JSON.parse(errandJson);
  const run = errands[errand.do] as (ports: Ports, errand: Errand) => Promise<void>;
  await run(await openPorts(JSON.parse(argument)), errand);
}
