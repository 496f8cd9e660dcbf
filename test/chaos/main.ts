import { parseArgs } from "node:util";
import { workerTimes } from "@glasswatch/worker/times";
import { killWorkers } from "./kill-workers.ts";

/*
 * `npm run chaos`: kills workers at random moments, and counts what is lost or told twice. Exit code 1 where anything is, and
 * where taking over took longer than promised.
 */

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "100" },
    streams: { type: "string", default: "12" },
    workers: { type: "string", default: "6" },
    /** Of a lease, in seconds; its owner renews it three times as often. */
    lease: { type: "string", default: String(workerTimes.leaseSeconds) },
  },
});
const leaseSeconds = Number(values.lease);
/** Within this another worker takes over, give or take a busy machine's second. */
const promisedSeconds = workerTimes.leaseSeconds;
const startedAt = performance.now();
const { takeoverSeconds, streams, injected, right, wrong } = await killWorkers({
  ...{ kills: Number(values.kills), streams: Number(values.streams), workers: Number(values.workers) },
  ...{ pauseSeconds: leaseSeconds / 5, deliverySeconds: 8 },
  times: { ...workerTimes, leaseSeconds, renewSeconds: leaseSeconds / 3 },
  onKill: (kill) => process.stderr.write(`\rkill ${kill}`),
});

const sorted = takeoverSeconds.toSorted((a, b) => a - b);
const percentile = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(1);
console.log(`
kills                ${values.kills}, in ${((performance.now() - startedAt) / 60_000).toFixed(1)} minutes
streams              ${streams}
takeovers            ${sorted.length}; lease ${leaseSeconds} s
until taken over     p50 ${percentile(0.5)} s, p95 ${percentile(0.95)} s, longest ${percentile(1)} s
defects injected     ${injected}
stored and told once ${right}
lost, twice, strange ${wrong.length}`);
for (const line of wrong) console.log(`  ${line}`);
process.exit(wrong.length > 0 || sorted.some((seconds) => seconds > promisedSeconds + 1) ? 1 : 0);
