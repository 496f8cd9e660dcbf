import { describe } from "vitest";
import { blobsContract } from "./blobs-contract.ts";
import { busContract } from "./bus-contract.ts";
import type { OpenHarness } from "./harness.ts";
import { outboxContract } from "./outbox-contract.ts";
import { pagesContract } from "./pages-contract.ts";
import { queuesContract } from "./queues-contract.ts";
import { tableContract } from "./table-contract.ts";
import { timersContract } from "./timers-contract.ts";

/** What every adapter of the ports promises, as tests of one. */
export function portsContract(open: OpenHarness): void {
  describe("table", () => tableContract(open));
  describe("pages", () => pagesContract(open));
  describe("outbox", () => outboxContract(open));
  describe("queues", () => queuesContract(open));
  describe("bus", () => busContract(open));
  describe("blobs", () => blobsContract(open));
  describe("timers", () => timersContract(open));
}
