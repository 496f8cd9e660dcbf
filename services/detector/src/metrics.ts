import type { Worker } from "@glasswatch/worker/worker";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";

/** CloudWatch keeps one value a minute; services scale on ClaimedUnitShare (stacks/detector.ts). */
const emfSeconds = 60;

type Load = Pick<Worker, "capacityUnits" | "claimedUnits" | "jobs">;

/** For Prometheus: what the worker carries at the moment of asking, and what Node tells of itself. */
export function openRegistry(load: Load, group: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ group });
  collectDefaultMetrics({ register: registry });

  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge("glasswatch_capacity_units", "Units of work that this process can carry", () => load.capacityUnits);
  gauge("glasswatch_claimed_units", "Units of work that it has taken on", () => load.claimedUnits);
  gauge("glasswatch_streams", "Live streams at work", () => load.jobs.streams);
  gauge("glasswatch_scans", "Scans of files at work", () => load.jobs.scans);
  return registry;
}

/** The same for CloudWatch, as one line of a log that it reads metrics from. */
export function emfLine(load: Load, group: string, now: Date): string {
  const metrics = {
    ClaimedUnitShare: load.claimedUnits / load.capacityUnits,
    ClaimedUnits: load.claimedUnits,
    Streams: load.jobs.streams,
    Scans: load.jobs.scans,
  };
  return JSON.stringify({
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        { Namespace: "Glasswatch", Dimensions: [["Group"]], Metrics: Object.keys(metrics).map((Name) => ({ Name })) },
      ],
    },
    Group: group,
    ...metrics,
  });
}

/** Writes a line at once, and one a minute until stopped. */
export function tellCloudWatch(load: Load, group: string, write: (line: string) => void): { stop(): void } {
  const tell = () => write(`${emfLine(load, group, new Date())}\n`);
  tell();
  const timer = setInterval(tell, emfSeconds * 1000);
  return { stop: () => clearInterval(timer) };
}
