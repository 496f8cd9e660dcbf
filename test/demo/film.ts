import { type Canvas, paint, paintGround, paintSky, type View } from "./camera.ts";
import { bakeTerrain, type Scene, type Terrain } from "./landscape.ts";
import { mix } from "./noise.ts";
import { type Shot, shots, type Window } from "./shots.ts";
import { FRAMES_PER_SECOND, PROGRAMME_SECONDS } from "./truth.ts";

export const FILM_WIDTH = 480;
export const FILM_HEIGHT = 270;
const STILL_SCALE = 2;

/** Paints one picture of a shot, so many seconds after its start, `progress` being the share of the shot. */
type Painter = (canvas: Canvas, seconds: number, progress: number) => void;

/** The pictures of the programme one after another, as 32-bit pixels. One that is not seen is not painted anew. */
export function* film(isSeen: (seconds: number) => boolean): Generator<Buffer> {
  const canvas = blank(FILM_WIDTH, FILM_HEIGHT);
  const terrainOf = terrains();
  for (const [index, shot] of shots.entries()) {
    const endSeconds = shots[index + 1]?.startSeconds ?? PROGRAMME_SECONDS;
    const painter = painterOf(shot, terrainOf(shot.scene));
    const frames = Math.round((endSeconds - shot.startSeconds) * FRAMES_PER_SECOND);
    for (let frame = 0; frame < frames; frame++) {
      const seconds = frame / FRAMES_PER_SECOND;
      if (isSeen(shot.startSeconds + seconds)) painter(canvas, seconds, frame / frames);
      yield Buffer.from(canvas.pixels.slice().buffer);
    }
  }
}

function blank(width: number, height: number): Canvas {
  return { width, height, pixels: new Uint32Array(width * height) };
}

function terrains(): (scene: Scene) => Terrain {
  const baked = new Map<Scene, Terrain>();
  return (scene) => {
    const terrain = baked.get(scene) ?? bakeTerrain(scene);
    baked.set(scene, terrain);
    return terrain;
  };
}

function painterOf(shot: Shot, terrain: Terrain): Painter {
  const { move } = shot;
  const start: View = {
    x: shot.x,
    y: shot.y,
    height: shot.scene.relief * (1 + shot.altitude),
    heading: shot.heading,
    horizon: 0.36,
    zoom: 0.8,
    seconds: 0,
  };
  if (move.kind === "flight") {
    return (canvas, seconds) => paint(canvas, terrain, flown(start, move.speed, move.turn, seconds));
  }
  if (move.kind === "tripod") return tripod(terrain, start, move.cars);
  const still = blank(FILM_WIDTH * STILL_SCALE, FILM_HEIGHT * STILL_SCALE);
  paint(still, terrain, start);
  return (canvas, _seconds, progress) => reframe(still, between(move.from, move.to, progress), canvas);
}

function flown(start: View, speed: number, turn: number, seconds: number): View {
  const heading = start.heading + turn * seconds;
  const along = start.heading + (turn * seconds) / 2;
  return {
    ...start,
    x: start.x + Math.sin(along) * speed * seconds,
    y: start.y + Math.cos(along) * speed * seconds,
    heading,
    seconds,
  };
}

/** The ground is painted once; the sky moves, and so may cars. */
function tripod(terrain: Terrain, view: View, cars: boolean): Painter {
  const ground = blank(FILM_WIDTH, FILM_HEIGHT);
  const skyline = paintGround(ground, terrain, view);
  return (canvas, seconds) => {
    canvas.pixels.set(ground.pixels);
    paintSky(canvas, terrain, { ...view, seconds: seconds * 2 }, skyline);
    if (cars) drawCars(canvas, seconds);
  };
}

/** Head and tail lights on a road across the picture. */
function drawCars({ width, height, pixels }: Canvas, seconds: number): void {
  for (let car = 0; car < 14; car++) {
    const away = car % 2 === 0;
    const distance = (car * 0.173 + seconds * (away ? 0.06 : 0.08)) % 1;
    const x = Math.floor((away ? distance : 1 - distance) * (width - 4));
    const y = Math.floor(height * (0.78 + 0.12 * (x / width) + (away ? 0 : 0.02)));
    const colour = away ? 0x2020ff : 0xe0f4ff;
    for (let row = y; row < y + 2; row++) pixels.fill(colour, row * width + x, row * width + x + 3);
  }
}

function between(from: Window, to: Window, progress: number): Window {
  return {
    left: mix(from.left, to.left, progress),
    top: mix(from.top, to.top, progress),
    width: mix(from.width, to.width, progress),
  };
}

/** Copies a window of a still, between whose pixels it may lie, so that slow moves stay smooth. */
function reframe(still: Canvas, window: Window, canvas: Canvas): void {
  const scale = (window.width * still.width) / canvas.width;
  for (let y = 0, at = 0; y < canvas.height; y++) {
    const sourceY = Math.min(still.height - 2, window.top * still.height + y * scale);
    const row = Math.floor(sourceY);
    const down = Math.round((sourceY - row) * 256);
    for (let x = 0; x < canvas.width; x++, at++) {
      const sourceX = Math.min(still.width - 2, window.left * still.width + x * scale);
      const column = Math.floor(sourceX);
      const across = Math.round((sourceX - column) * 256);
      const from = row * still.width + column;
      const top = blend(still.pixels[from]!, still.pixels[from + 1]!, across);
      const bottom = blend(still.pixels[from + still.width]!, still.pixels[from + still.width + 1]!, across);
      canvas.pixels[at] = blend(top, bottom, down);
    }
  }
}

/** Mixes two packed pixels, red and blue in one multiplication; `share` is in 256ths. */
function blend(a: number, b: number, share: number): number {
  const keep = 256 - share;
  const redBlue = (((a & 0xff00ff) * keep + (b & 0xff00ff) * share) >>> 8) & 0xff00ff;
  const green = (((a & 0xff00) * keep + (b & 0xff00) * share) >>> 8) & 0xff00;
  return redBlue | green;
}
