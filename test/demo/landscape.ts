import { fractalNoise, mix, randomNumbers, smooth } from "./noise.ts";

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** What a place looks like: how its ground is shaped and coloured, and in which light. */
export interface Scene {
  readonly seed: number;
  /** Height of the highest ground, in the units of its plane; it is 512 wide and repeats. */
  readonly relief: number;
  /** Above 1 the valleys widen and the peaks sharpen. */
  readonly sharpness: number;
  /** Share of the relief that lies under water; 0 for dry land. */
  readonly waterLevel: number;
  /** Ground colours from the lowest to the highest. */
  readonly ground: readonly Colour[];
  readonly skyTop: Colour;
  /** Also the colour of distant haze. */
  readonly horizon: Colour;
  readonly cloud: Colour;
  /** 0 clear, 1 overcast. */
  readonly cloudiness: number;
  /** Share of places with a lamp, as in a town seen at night. */
  readonly lamps: number;
}

/** A scene's ground, baked once: height and lit colour of every place. */
export interface Terrain {
  readonly scene: Scene;
  readonly height: Float32Array;
  /** Red, green and blue of each cell, and one byte unused. */
  readonly colour: Uint8Array;
  readonly clouds: Float32Array;
}

export const TERRAIN_SIZE = 512;
const ROW_BITS = 9;
const CELLS = TERRAIN_SIZE * TERRAIN_SIZE;
const mask = TERRAIN_SIZE - 1;

export function bakeTerrain(scene: Scene): Terrain {
  const shape = fractalNoise(TERRAIN_SIZE, 7, 4, scene.seed);
  const detail = fractalNoise(TERRAIN_SIZE, 3, 128, scene.seed + 50);
  const waterHeight = scene.waterLevel * scene.relief;
  const height = shape.map((value) => Math.max(waterHeight, stretch(value) ** scene.sharpness * scene.relief));
  const terrain: Terrain = {
    scene,
    height,
    colour: new Uint8Array(CELLS * 4),
    clouds: fractalNoise(TERRAIN_SIZE, 6, 4, scene.seed + 90),
  };
  for (let cell = 0; cell < CELLS; cell++) colourCell(terrain, cell, detail[cell] ?? 0, waterHeight);
  lightLamps(terrain);
  return terrain;
}

/** Fractal noise gathers around its middle; this spreads it over 0 to 1. */
function stretch(value: number): number {
  return smooth(Math.min(1, Math.max(0, (value - 0.2) / 0.6)));
}

function colourCell(terrain: Terrain, cell: number, detail: number, waterHeight: number): void {
  const { height, scene } = terrain;
  const here = height[cell] ?? 0;
  const wet = scene.waterLevel > 0 && here <= waterHeight;
  // The sun stands low on the left: ground that rises towards the right is lit.
  const slope = here - (height[neighbour(cell, -2, -1)] ?? 0);
  const light = wet ? 0.8 + 0.25 * detail : Math.min(1.5, Math.max(0.3, 0.75 + slope * 0.14 + (detail - 0.5) * 0.7));
  const share = Math.min(0.999, Math.max(0, here / scene.relief + (detail - 0.5) * 0.25));
  const [red, green, blue] = wet ? mixColours(scene.horizon, scene.skyTop, 0.75) : paletteColour(scene.ground, share);
  setColour(terrain.colour, cell, red * light, green * light, blue * light);
}

function setColour(colours: Uint8Array, cell: number, red: number, green: number, blue: number): void {
  colours[cell * 4] = Math.min(255, red);
  colours[cell * 4 + 1] = Math.min(255, green);
  colours[cell * 4 + 2] = Math.min(255, blue);
}

function neighbour(cell: number, dx: number, dy: number): number {
  const x = ((cell & mask) + dx) & mask;
  const y = ((cell >> ROW_BITS) + dy) & mask;
  return y * TERRAIN_SIZE + x;
}

function paletteColour(palette: readonly Colour[], share: number): Colour {
  const position = share * (palette.length - 1);
  const below = Math.floor(position);
  return mixColours(palette[below] ?? [0, 0, 0], palette[below + 1] ?? [0, 0, 0], position - below);
}

export function mixColours(a: Colour, b: Colour, share: number): Colour {
  return [mix(a[0], b[0], share), mix(a[1], b[1], share), mix(a[2], b[2], share)];
}

/** Lamps stand in clusters, as towns do, and shine in several warmths. */
function lightLamps({ scene, colour, clouds }: Terrain): void {
  if (scene.lamps === 0) return;
  const random = randomNumbers(scene.seed + 7);
  for (let cell = 0; cell < CELLS; cell++) {
    const town = Math.max(0, (clouds[cell] ?? 0) - 0.45) * 8;
    if (random() > scene.lamps * town) continue;
    const warmth = random();
    setColour(colour, cell, 255, 190 + 50 * warmth, 90 + 150 * warmth);
  }
}
