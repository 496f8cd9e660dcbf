import type { AnyDetector } from "@glasswatch/core/detector";

/** Every detector there is, in the order in which people read about them. */
export const detectors: readonly AnyDetector[] = [];
