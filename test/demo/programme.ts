import { createHash, randomUUID } from "node:crypto";
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { makeMedia } from "@glasswatch/media/make-media";
import { FILM_HEIGHT, FILM_WIDTH, film } from "./film.ts";
import { SAMPLE_RATE, score, wavFile } from "./score.ts";
import { FRAMES_PER_SECOND, hardNegatives, type Planted, PROGRAMME_SECONDS, truth } from "./truth.ts";

const cacheFolder = join(import.meta.dirname, "../../.cache/demo");
/** Where the container's clock begins, and how far it steps back when the encoder restarts. */
const CLOCK_START = 100;
const STEP_BACK = 30;
const KEY_FRAME_SECONDS = 2;
/** From the painted film to the picture as it is sent: enlarged, with the grain of a camera. */
const camera = "format=yuv420p,scale=1280:720:flags=bilinear,noise=c0s=3:c0f=t:c0_seed=3";
/** Files of this folder that the programme does not depend on. */
const bystanders = ["compare.ts", "demo.ts"];
const halfFrame = 0.5 / FRAMES_PER_SECOND;

/** The path of the demonstration programme, made first where it is not there yet: 1280×720, 25 pictures a second. */
export async function programme(): Promise<string> {
  const path = join(cacheFolder, `programme-${await hashOfSources()}.ts`);
  if (await exists(path)) return path;
  const folder = join(cacheFolder, randomUUID());
  await mkdir(folder, { recursive: true });
  try {
    await make(folder);
    await rename(join(folder, "programme.ts"), path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return path;
}

/** The part before the encoder restarts, and the part after it, each on its own clock, one behind the other. */
async function make(folder: string): Promise<void> {
  const pictures = film(isSeen);
  const samples = score();
  const restart = restartSeconds();
  const before = { folder, name: "before.ts", pictures, samples, fromSeconds: 0, toSeconds: restart };
  const after = { folder, name: "after.ts", pictures, samples, fromSeconds: restart, toSeconds: PROGRAMME_SECONDS };
  await makePart({ ...before, graph: plantedGraph(), clockSeconds: CLOCK_START });
  await makePart({ ...after, graph: `[0:v]${camera}[picture]`, clockSeconds: CLOCK_START + restart - STEP_BACK });
  const parts = await Promise.all(["before.ts", "after.ts"].map((part) => readFile(join(folder, part))));
  await writeFile(join(folder, "programme.ts"), Buffer.concat(parts));
}

interface Part {
  readonly folder: string;
  readonly name: string;
  readonly pictures: Iterator<Buffer>;
  readonly samples: readonly [Float32Array, Float32Array];
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly graph: string;
  /** Where the container's clock begins. */
  readonly clockSeconds: number;
}

async function makePart(part: Part): Promise<void> {
  const soundPath = join(part.folder, `${part.name}.wav`);
  const [left, right] = part.samples;
  const range = [part.fromSeconds * SAMPLE_RATE, part.toSeconds * SAMPLE_RATE] as const;
  await writeFile(soundPath, wavFile([left.subarray(...range), right.subarray(...range)]));
  const rawPicture = ["-f", "rawvideo", "-pix_fmt", "rgb0", "-s", `${FILM_WIDTH}x${FILM_HEIGHT}`];
  const clock = ["-muxdelay", "0", "-muxpreload", "0", "-output_ts_offset", `${part.clockSeconds}`];
  const source = Readable.from(take(part.pictures, frameAt(part.toSeconds - part.fromSeconds)));
  await makeMedia({
    inputs: [{ source, options: [...rawPicture, "-framerate", `${FRAMES_PER_SECOND}`] }, { source: soundPath }],
    options: ["-filter_complex", part.graph, "-map", "[picture]", "-map", "1:a", ...encoding(), ...clock],
    outputPath: join(part.folder, part.name),
  });
}

function* take(pictures: Iterator<Buffer>, count: number): Generator<Buffer> {
  for (let taken = 0; taken < count; taken++) {
    const next = pictures.next();
    if (next.done) return;
    yield next.value;
  }
}

function encoding(): readonly string[] {
  // With one quantiser throughout, a picture that is repeated stays the same when decoded. The fastest preset leaves out the
  // loop filter, without which blocks would show.
  // SMPTE 302M carries the sound as it is, as contribution links do, so that the planted edges stay sharp.
  const codecs = [
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
    "-deblock",
    "0:0",
    "-qp",
    "30",
    "-c:a",
    "s302m",
    "-strict",
    "-2",
  ];
  const keyFrames = ["-g", "9999", "-sc_threshold", "0", "-force_key_frames", keyFrameTimes().join(",")];
  return [...codecs, ...keyFrames, "-f", "mpegts"];
}

function plantedGraph(): string {
  const [bitForBit, codedAnew] = planted("frozen-picture");
  const [flat] = planted("flat-picture");
  const [black] = planted("black-picture");
  const [bars] = planted("test-pattern");
  const [gap] = planted("timestamp-gap");
  if (!bitForBit || !codedAnew || !flat || !black || !bars || !gap) throw new Error("the truth lacks a picture defect");
  const fade = hardNegatives.find((each) => each.kind === "black-picture");
  if (!fade) throw new Error("the hard negatives lack the fade");
  const middle = (fade.startSeconds + fade.endSeconds) / 2;
  const picture = [
    `noise=c0s=3:c0f=t:c0_seed=4:enable='${during(codedAnew)}'`,
    `fade=t=out:st=${fade.startSeconds}:d=0.4:enable='${between(fade.startSeconds, middle)}'`,
    `fade=t=in:st=${fade.endSeconds - 0.4}:d=0.4:enable='${between(middle, fade.endSeconds)}'`,
    `drawbox=color=black:t=fill:enable='${during(black)}'`,
    `drawbox=color=0x2a6f5a:t=fill:enable='${during(flat)}'`,
  ];
  const size = `size=1280x720:rate=${FRAMES_PER_SECOND}`;
  return [
    `[0:v]${camera},split=3[moving][still][stiller]`,
    `[moving][still]${held(bitForBit)}[once]`,
    `[once][stiller]${held(codedAnew)},${picture.join(",")}[scenes]`,
    `smptehdbars=${size}:duration=${PROGRAMME_SECONDS},format=yuv420p[bars]`,
    `[scenes][bars]overlay=shortest=1:enable='${during(bars)}',select='not(${during(gap)})'[picture]`,
  ].join(";");
}

/** Puts the second input's picture at which the defect starts in the place of all until it ends. */
function held({ startSeconds, endSeconds }: Planted): string {
  const first = frameAt(startSeconds);
  return `freezeframes=first=${first}:last=${frameAt(endSeconds) - 1}:replace=${first}`;
}

/** False for a picture that will be covered by another. */
function isSeen(seconds: number): boolean {
  const frame = frameAt(seconds);
  const isIn = (defect: Planted) => frame > frameAt(defect.startSeconds) && frame < frameAt(defect.endSeconds);
  const covers = ["frozen-picture", "black-picture", "flat-picture", "test-pattern", "timestamp-gap"];
  return !covers.some((kind) => planted(kind).some(isIn));
}

/** Every two seconds, but never while one picture is repeated bit for bit. */
function keyFrameTimes(): readonly number[] {
  const [bitForBit] = planted("frozen-picture");
  const isFree = (seconds: number) =>
    !bitForBit || seconds <= bitForBit.startSeconds || seconds >= bitForBit.endSeconds;
  const regular = Array.from({ length: PROGRAMME_SECONDS / KEY_FRAME_SECONDS }, (_, i) => i * KEY_FRAME_SECONDS);
  return regular.filter(isFree);
}

function restartSeconds(): number {
  return planted("timestamp-jump")[0]?.startSeconds ?? PROGRAMME_SECONDS;
}

function planted(kind: string): readonly Planted[] {
  return truth.filter((defect) => defect.kind === kind);
}

function frameAt(seconds: number): number {
  return Math.round(seconds * FRAMES_PER_SECOND);
}

function during({ startSeconds, endSeconds }: Planted): string {
  return between(startSeconds, endSeconds);
}

/** From the first picture at or after the start up to the last before the end, whatever the rounding of times. */
function between(startSeconds: number, endSeconds: number): string {
  return `between(t,${startSeconds - halfFrame},${endSeconds - halfFrame})`;
}

async function hashOfSources(): Promise<string> {
  const hash = createHash("sha256");
  const files = (await readdir(import.meta.dirname)).filter((file) => !bystanders.includes(file));
  for (const file of files.sort()) hash.update(await readFile(join(import.meta.dirname, file)));
  return hash.digest("hex").slice(0, 12);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
