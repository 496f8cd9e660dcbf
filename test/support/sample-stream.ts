import type { Stream } from "@glasswatch/core/state/streams";

/** A stream, as far as a test does not say otherwise: live, and wanted. */
export function sampleStream(stream: Partial<Stream> = {}): Stream {
  return {
    ...{ id: "channel-5", name: "Channel 5", url: "https://example.com/5.m3u8", kind: "live", profile: null },
    ...{ tier: "full", labels: {}, sourceId: null, ladderId: null, outputUrl: null, failover: [], groups: ["all"] },
    ...{ paused: false, createdAt: "2030-01-01T00:00:00.000Z", run: 1 },
    ...stream,
  };
}
