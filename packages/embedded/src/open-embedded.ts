import { join } from "node:path";
import type { Ports } from "@glasswatch/core/ports/ports";
import type { QueueDeclaration } from "@glasswatch/core/queues";
import type { Route } from "@glasswatch/core/routes";
import { openBlobs } from "./blobs.ts";
import { openBus } from "./bus.ts";
import { openChanges } from "./changes.ts";
import { type DatabaseOptions, openDatabase } from "./database.ts";
import { openMessages } from "./messages.ts";
import { openQueues } from "./queues.ts";
import { openRouting } from "./routing.ts";
import { openSweeper } from "./sweeper.ts";
import { openTable } from "./table.ts";
import { openTimers } from "./timers.ts";

export interface EmbeddedOptions extends DatabaseOptions {
  /** Made where it is not there: `state.db`, and `blobs`. Processes that open the same folder share what is in it. */
  readonly folder: string;
  readonly queues: readonly QueueDeclaration[];
  readonly routes: readonly Route[];
  /** For the expiry of rows and blobs, and for timers. Visibility goes by the machine's clock. */
  readonly now?: () => Date;
}

export interface EmbeddedPorts extends Ports {
  /** Stops consumers, waits for their handlers, and closes the database. */
  close(): Promise<void>;
}

/**
 * The ports on one machine.
 *
 * @throws GlasswatchError where the folder holds a file that is no database of ours, or of a newer version
 * @throws UnavailableError where the folder cannot be opened now
 * @throws RangeError where a route leads to a queue that is not declared
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedPorts> {
  const { folder, queues: declarations, now = () => new Date() } = options;
  const routing = openRouting(options);
  const database = await openDatabase(folder, options);
  const messages = openMessages(database);
  const changes = openChanges(database.changedElsewhere);
  const shared = { database, messages, changes, routing, now };
  const { queues, close: closeQueues } = openQueues({ ...shared, queues: declarations });
  const { blobs, sweep: sweepBlobs } = openBlobs({ database, folder: join(folder, "blobs"), now });
  const { table, sweep: sweepTable } = openTable(shared);
  const { timers, close: closeTimers } = openTimers(shared);
  const sweeper = openSweeper([sweepTable, () => messages.sweep(declarations), sweepBlobs]);
  return {
    ...{ table, bus: openBus(shared), queues, blobs, timers },
    async close() {
      await Promise.all([closeQueues(), closeTimers(), sweeper.close()]);
      database.close();
    },
  };
}
