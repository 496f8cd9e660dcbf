import type { Packet } from "node-av/lib";

/** A second reference to the same packet. */
export function copyOf(packet: Packet): Packet {
  const copy = packet.clone();
  if (!copy) throw new Error("out of memory: a packet could not be referenced");
  return copy;
}

/** Packets in order, each freed once. */
export interface KeptPackets {
  readonly count: number;
  readonly bytes: number;
  add(packet: Packet): void;
  copies(): Packet[];
  /** Gives them away. */
  take(): Packet[];
  clear(): void;
}

export function createKeptPackets(): KeptPackets {
  let packets: Packet[] = [];
  let bytes = 0;

  function take(): Packet[] {
    const taken = packets;
    packets = [];
    bytes = 0;
    return taken;
  }

  return {
    get count() {
      return packets.length;
    },
    get bytes() {
      return bytes;
    },
    add(packet) {
      packets.push(packet);
      bytes += packet.size;
    },
    copies: () => packets.map(copyOf),
    take,
    clear() {
      for (const packet of take()) packet.free();
    },
  };
}
