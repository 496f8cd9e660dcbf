import type { Part } from "./part.ts";
import { detectorCosts } from "./parts/detectors.ts";
import { events } from "./parts/events.ts";
import { growth } from "./parts/growth.ts";
import { latency } from "./parts/latency.ts";
import { length } from "./parts/length.ts";
import { memory } from "./parts/memory.ts";
import { profile } from "./parts/profile.ts";
import { ratios } from "./parts/ratios.ts";
import { startUp } from "./parts/start-up.ts";
import type { BenchResults } from "./results.ts";

export type PartName = keyof BenchResults;

/** All parts, in the order in which they are measured and shown. */
export const parts: { readonly [Name in PartName]: Part<BenchResults[Name]> } = {
  ratios,
  "start-up": startUp,
  detectors: detectorCosts,
  memory,
  latency,
  growth,
  length,
  events,
  profile,
};

export const partNames = Object.keys(parts) as PartName[];
