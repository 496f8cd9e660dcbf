import { benchClip, type ClipFormat, clipFormats, loopedClip } from "../clips.ts";
import { scanCommand } from "../commands.ts";
import { watchMemory } from "../measure/memory-watch.ts";
import { start } from "../measure/running.ts";
import { slope } from "../measure/statistics.ts";
import type { Part } from "../part.ts";
import type { LengthRow } from "../results.ts";

/** Small, so that an hour of it is scanned in a minute or two: it is the number of pictures that counts here. */
const small: ClipFormat = {
  name: "180p25 H.264",
  width: 320,
  height: 180,
  fps: 25,
  encoder: "libx264",
  megabitsPerSecond: 0.25,
};

/** Memory over the length of the input. */
export const length: Part<readonly LengthRow[]> = {
  about: "Private memory of the decoding process over the length of a file: a minute against an hour.",
  async measure({ quick, sources }) {
    const [large] = clipFormats;
    const inputs: readonly (readonly [ClipFormat | undefined, number])[] = [
      [small, 60],
      [small, quick ? 600 : 3600],
      ...(quick ? [] : [[large, 100] as const]),
    ];
    const rows: LengthRow[] = [];
    for (const [format, seconds] of inputs) {
      if (!format) continue;
      const clip = await loopedClip(await benchClip(format, sources), seconds);
      console.error(`length: ${seconds} s of ${clip.name} …`);
      rows.push(await scanned(clip.name, clip.path, seconds));
    }
    return rows;
  },
  tables: (rows) => [
    {
      headings: ["input", "length s", "peak MB", "MB per hour", "course MB"],
      rows: rows.map(({ input, mediaSeconds, peakMb, mbPerHour, courseMb }) => [
        input,
        String(mediaSeconds),
        peakMb.toFixed(1),
        mbPerHour?.toFixed(1) ?? "–",
        courseMb.map((mb) => mb.toFixed(0)).join(" "),
      ]),
    },
  ],
};

async function scanned(input: string, path: string, mediaSeconds: number): Promise<LengthRow> {
  const child = start(scanCommand(path), { stdio: "ignore" });
  if (child.pid === undefined) throw new Error("glasswatch scan does not start");
  const memory = watchMemory(child.pid);
  const exitCode = await new Promise<number | null>((resolve) => child.once("close", resolve));
  memory.stop();
  if (exitCode !== 0 && exitCode !== 1) throw new Error(`the scan of ${path} ended with ${exitCode}`);

  // A scan goes on at an even speed, so that a share of its time is that share of its input.
  const decoding = memory.samples.flatMap(({ decoders }) => decoders[0]?.privateMb ?? []);
  const settled = decoding.slice(Math.ceil(decoding.length / 2));
  const hoursASample = mediaSeconds / 3600 / decoding.length;
  return {
    input,
    mediaSeconds,
    peakMb: Math.max(0, ...decoding),
    mbPerHour: mediaSeconds < 300 ? null : slope(settled.map((mb, i) => [i * hoursASample, mb])),
    courseMb: Array.from({ length: 10 }, (_, i) => decoding[Math.floor(((i + 0.5) / 10) * decoding.length)] ?? 0),
  };
}
