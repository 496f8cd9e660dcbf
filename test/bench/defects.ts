import { benchClip, clipFormats, kept } from "./clips.ts";

/** One defect of the live programme. */
export interface PlantedDefect {
  readonly kind: string;
  readonly media: "picture" | "sound";
  /** In the time of the pictures. */
  readonly onsetSeconds: number;
  /** How long it must last by the detector's definition (its defaults). */
  readonly leastSeconds: number;
}

const lastingSeconds = 3.2;

/** In this order, with good programme around each. */
const planted = {
  black: { kind: "black-picture", media: "picture", onsetSeconds: 6, leastSeconds: 2 },
  frozen: { kind: "frozen-picture", media: "picture", onsetSeconds: 13, leastSeconds: 2 },
  flat: { kind: "flat-picture", media: "picture", onsetSeconds: 20, leastSeconds: 1 },
  bars: { kind: "test-pattern", media: "picture", onsetSeconds: 27, leastSeconds: 1 },
  silence: { kind: "audio-silence", media: "sound", onsetSeconds: 34, leastSeconds: 2 },
  lostLeg: { kind: "channel-silence", media: "sound", onsetSeconds: 41, leastSeconds: 2 },
  inverted: { kind: "phase-inversion", media: "sound", onsetSeconds: 48, leastSeconds: 2 },
} as const satisfies Readonly<Record<string, PlantedDefect>>;

export const plantedDefects: readonly PlantedDefect[] = Object.values(planted);

/** When the last defect has been told. */
const seconds = 54;

/** The live 1080p25 programme with defects at known times, as a file. */
export async function defectiveClip(sources: readonly string[]): Promise<string> {
  const [format] = clipFormats;
  if (!format) throw new Error("there is no format for live streams");
  const { path, name } = await benchClip(format, sources);
  const { fps, megabitsPerSecond } = format;
  const stem = `${name.replaceAll(/[ .]/g, "-")}-${sources.length < 4 ? "painted" : "natural"}`.toLowerCase();
  return kept(`defects-${stem}.ts`, () => ({
    inputs: [
      { source: path, options: ["-stream_loop", "-1"] },
      { source: `smptehdbars=size=1920x1080:rate=${fps}`, options: ["-f", "lavfi"] },
    ],
    options: [
      ...["-filter_complex", `${picture(fps)};${sound()}`, "-map", "[v]", "-map", "[a]", "-t", String(seconds)],
      ...["-c:v", "libx264", "-preset", "veryfast", "-b:v", `${megabitsPerSecond}M`, "-g", String(2 * fps)],
      // A packet of sound goes out when it is encoded, as live encoders do it, and not with the next ten.
      ...["-c:a", "aac", "-b:a", "128k", "-f", "mpegts", "-pes_payload_size", "0", "-muxdelay", "0"],
    ],
  }));
}

function picture(fps: number): string {
  const { black, frozen, flat, bars } = planted;
  const held = `loop=loop=${Math.round(lastingSeconds * fps)}:size=1:start=${frozen.onsetSeconds * fps}`;
  const box = (colour: string, { onsetSeconds }: PlantedDefect) =>
    `drawbox=color=${colour}:thickness=fill:enable='${during(onsetSeconds)}'`;
  const painted = `${box("black", black)},${box("blue", flat)}`;
  return `[0:v]${held},setpts=N/${fps}/TB,${painted}[p];[p][1:v]overlay=enable='${during(bars.onsetSeconds)}'[v]`;
}

function sound(): string {
  const { silence, lostLeg, inverted } = planted;
  const sounds = `not(${during(silence.onsetSeconds)})`;
  const right = `${sounds}*not(${during(lostLeg.onsetSeconds)})*(1-2*${during(inverted.onsetSeconds)})`;
  return `[0:a]aeval=exprs='val(0)*${sounds}|val(0)*${right}',aformat=channel_layouts=stereo[a]`;
}

function during(onsetSeconds: number): string {
  return `between(t,${onsetSeconds},${onsetSeconds + lastingSeconds})`;
}
