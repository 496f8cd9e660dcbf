import type { Scan } from "@glasswatch/core/state/scans";
import type { ScanView } from "./scan-schemas.ts";

/** A scan for people: without the address that its input was made of, and the names of blobs. */
export function showScan({ url: _, result: __, groups, ...scan }: Scan): ScanView {
  const shown = Object.entries(groups).map(([name, { status }]) => [name, { status }] as const);
  return { ...scan, groups: Object.fromEntries(shown) };
}
