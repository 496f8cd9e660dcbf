import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { portsContract } from "../../../test/contracts/contract.ts";
import { contractQueues, contractRoutes, type Harness } from "../../../test/contracts/harness.ts";
import { openEmbedded } from "./open-embedded.ts";

async function openHarness(): Promise<Harness> {
  const folder = await mkdtemp(join(tmpdir(), "glasswatch-embedded-"));
  const declared = { folder, queues: contractQueues, routes: contractRoutes };
  const opened = [await openEmbedded(declared)];
  const [ports] = opened;
  if (!ports) throw new Error("nothing was opened");
  return {
    ports,
    async another({ aheadSeconds }) {
      const another = await openEmbedded({ ...declared, now: () => new Date(Date.now() + aheadSeconds * 1000) });
      opened.push(another);
      return another;
    },
    elsewhere: { module: join(import.meta.dirname, "../../../test/contracts/embedded-ports.ts"), argument: folder },
    async close() {
      await Promise.all(opened.map((each) => each.close()));
      await rm(folder, { recursive: true });
    },
  };
}

portsContract(openHarness);
