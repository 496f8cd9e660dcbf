import type { RandomAccess } from "./random-access.ts";

const syncByte = 0x47;

/** ISO/IEC 13818-1 §2.4.3.2; with a timestamp before (M2TS) or Reed-Solomon bytes behind (DVB). */
const packetSizes = [188, 192, 204] as const;

const probedPackets = 5;

/**
 * Whether a transport stream ends within a packet; null where the file is none. A stream may be recorded from any packet
 * to any other, so one that ends between two packets counts as whole even where a picture is left unfinished.
 */
export async function isMpegTsCut(file: RandomAccess): Promise<boolean | null> {
  const head = await file.read(0, 204 * (probedPackets + 1));
  for (const packetSize of packetSizes) {
    for (let start = 0; start < packetSize; start++) {
      const probes = Array.from({ length: probedPackets }, (_, index) => head[start + index * packetSize]);
      if (probes.some((byte) => byte !== syncByte)) continue;
      // A timestamp of four bytes stands before each packet of 192 bytes.
      const lead = packetSize === 192 ? 4 : 0;
      const body = file.sizeBytes - start + lead;
      return body % packetSize !== 0;
    }
  }
  return null;
}
