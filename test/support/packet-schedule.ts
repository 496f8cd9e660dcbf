import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** One packet of a file, in the order of the bytes. */
export interface ScheduledPacket {
  readonly kind: "picture" | "sound";
  /** Place of its first byte in the file. */
  readonly offsetBytes: number;
  /** When it is shown, from the earliest presented timestamp of the file. */
  readonly timeSeconds: number;
  /** When a live source sends it, from the file's first byte: its decoding time. */
  readonly dueSeconds: number;
}

interface ProbedPacket {
  readonly codec_type: string;
  readonly pts_time?: string;
  readonly dts_time?: string;
  readonly pos?: string;
}

/**
 * Where the packets of a file lie and when each is due, by the ffprobe program.
 *
 * @throws Error when the file cannot be probed
 */
export async function packetSchedule(path: string): Promise<readonly ScheduledPacket[]> {
  const entries = "packet=codec_type,pts_time,dts_time,pos";
  const { stdout } = await promisify(execFile)(
    "ffprobe",
    ["-v", "error", "-show_entries", entries, "-of", "json", path],
    { maxBuffer: 2 ** 28 },
  );
  const { packets } = JSON.parse(stdout) as { readonly packets: readonly ProbedPacket[] };
  // A packet that shares its transport packets with the one before has no place of its own and goes along with it.
  const placed = packets.filter(({ pos, pts_time }) => pos !== undefined && pts_time !== undefined);
  const inOrder = placed.toSorted((a, b) => Number(a.pos) - Number(b.pos));
  const startSeconds = Math.min(...inOrder.map(({ pts_time }) => Number(pts_time)));
  const firstDueSeconds = Math.min(...inOrder.map(decodingTime));
  let dueSeconds = 0;
  return inOrder.map((packet) => {
    dueSeconds = Math.max(dueSeconds, decodingTime(packet) - firstDueSeconds);
    return {
      kind: packet.codec_type === "video" ? "picture" : "sound",
      offsetBytes: Number(packet.pos),
      timeSeconds: Number(packet.pts_time) - startSeconds,
      dueSeconds,
    };
  });
}

function decodingTime({ dts_time, pts_time }: ProbedPacket): number {
  return Number(dts_time ?? pts_time);
}
