import { writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { emptyProfile, planDetectors } from "@glasswatch/detectors/profile";
import { detectors as registry } from "@glasswatch/detectors/registry";
import { analyse } from "@glasswatch/pipeline/analyse";

/*
 * Analyses a file in this process as the process of a scan does, and writes a profile of it, start-up left out:
 * profiled-scan.ts cpu|allocations INPUT OUTPUT
 */

const [kind, input = "", output = ""] = process.argv.slice(2);

const request = {
  input,
  detectors: planDetectors(registry, emptyProfile),
  ignore: [],
  allowPrivate: false,
  tier: "full",
} as const;

function scan() {
  const ignore = () => {};
  return analyse(request, {
    signal: new AbortController().signal,
    onOpened: ignore,
    onProgress: ignore,
    onFinding: ignore,
  });
}

const session = new Session();
session.connect();
if (kind === "cpu") {
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 500 });
  await session.post("Profiler.start");
  await scan();
  const { profile } = await session.post("Profiler.stop");
  writeFileSync(output, JSON.stringify(profile));
} else {
  await session.post("HeapProfiler.startSampling", {
    samplingInterval: 1024,
    // Garbage is what is looked for, not what stays.
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  await scan();
  const { profile } = await session.post("HeapProfiler.stopSampling");
  writeFileSync(output, JSON.stringify(profile));
}
session.disconnect();
