import { TERRAIN_SIZE, type Terrain } from "./landscape.ts";

/** Where the camera stands over a terrain, and where it looks. */
export interface View {
  readonly x: number;
  readonly y: number;
  /** Above the ground's zero. */
  readonly height: number;
  /** Radians, clockwise from the terrain's y axis. */
  readonly heading: number;
  /** Where the horizon lies in the picture, as a share from the top. */
  readonly horizon: number;
  /** Focal length over the picture's width: larger looks narrower. */
  readonly zoom: number;
  /** Drives water and clouds. */
  readonly seconds: number;
}

export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and an unused byte to a pixel, from the lowest byte up (ffmpeg's `rgb0` on little-endian machines). */
  readonly pixels: Uint32Array;
}

const FARTHEST = 560;
/** How much farther each step along a ray looks, as a share of the distance. */
const PACE = 0.02;
const mask = TERRAIN_SIZE - 1;

/** Paints what the camera sees: the terrain column by column from the front, each place hiding what is behind it. */
export function paint(canvas: Canvas, terrain: Terrain, view: View): void {
  paintSky(canvas, terrain, view, paintGround(canvas, terrain, view));
}

/** Paints the ground alone and returns, for each column, the row of its highest place. */
export function paintGround(canvas: Canvas, terrain: Terrain, view: View): Int16Array {
  const skyline = new Int16Array(canvas.width);
  const painter = groundPainter(canvas, terrain, view);
  for (let column = 0; column < canvas.width; column++) skyline[column] = painter(column);
  return skyline;
}

function groundPainter({ width, height: rows, pixels }: Canvas, terrain: Terrain, view: View) {
  const { height, colour, scene } = terrain;
  const focal = view.zoom * width;
  const horizonRow = view.horizon * rows;
  const waterHeight = scene.waterLevel * scene.relief + 0.02;
  const hasWater = scene.waterLevel > 0;
  const [hazeRed, hazeGreen, hazeBlue] = scene.horizon;
  // Nothing nearer can be in the picture: the highest ground would lie below its lower edge.
  const nearest = Math.max(4, ((view.height - scene.relief) * focal) / (rows - horizonRow));
  return (column: number): number => {
    const aside = (column / width - 0.5) / view.zoom;
    const sine = Math.sin(view.heading) + aside * Math.cos(view.heading);
    const cosine = Math.cos(view.heading) - aside * Math.sin(view.heading);
    let lowest = rows;
    let step = nearest * PACE;
    for (let distance = nearest; distance < FARTHEST; distance += step, step *= 1 + PACE) {
      const mapX = view.x + sine * distance;
      const mapY = view.y + cosine * distance;
      const cellX = Math.floor(mapX);
      const cellY = Math.floor(mapY);
      const upper = (cellY & mask) * TERRAIN_SIZE;
      const lower = ((cellY + 1) & mask) * TERRAIN_SIZE;
      const left = cellX & mask;
      const right = (cellX + 1) & mask;
      const fx = mapX - cellX;
      const fy = mapY - cellY;
      const top = height[upper + left]! * (1 - fx) + height[upper + right]! * fx;
      const bottom = height[lower + left]! * (1 - fx) + height[lower + right]! * fx;
      const ground = top * (1 - fy) + bottom * fy;
      const row = Math.max(0, Math.ceil(horizonRow + ((view.height - ground) / distance) * focal));
      if (row >= lowest) continue;
      const haze = (distance / FARTHEST) ** 2;
      const clear = 1 - haze;
      const ripple = hasWater && ground <= waterHeight ? shimmer(mapX, mapY, view.seconds, distance) : 0;
      const a = (upper + left) * 4;
      const b = (upper + right) * 4;
      const c = (lower + left) * 4;
      const red = colour[a]! + (colour[b]! - colour[a]!) * fx + (colour[c]! - colour[a]!) * fy;
      const green = colour[a + 1]! + (colour[b + 1]! - colour[a + 1]!) * fx + (colour[c + 1]! - colour[a + 1]!) * fy;
      const blue = colour[a + 2]! + (colour[b + 2]! - colour[a + 2]!) * fx + (colour[c + 2]! - colour[a + 2]!) * fy;
      const pixel = packed(
        (red + ripple) * clear + hazeRed * haze,
        (green + ripple) * clear + hazeGreen * haze,
        (blue + ripple) * clear + hazeBlue * haze,
      );
      for (let y = row, at = row * width + column; y < lowest; y++, at += width) pixels[at] = pixel;
      lowest = row;
      if (row === 0) break;
    }
    return lowest;
  };
}

function packed(red: number, green: number, blue: number): number {
  return byte(red) | (byte(green) << 8) | (byte(blue) << 16);
}

function byte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value | 0;
}

function shimmer(x: number, y: number, seconds: number, distance: number): number {
  const wave =
    Math.sin(x * 0.9 + seconds * 2.1) + Math.sin(y * 1.3 - seconds * 1.7) + Math.sin((x + y) * 2.3 + seconds);
  return (wave * 9) / (1 + distance * 0.01);
}

/** Paints what lies above the skyline. */
export function paintSky(canvas: Canvas, terrain: Terrain, view: View, skyline: Int16Array): void {
  const { width, height: rows, pixels } = canvas;
  const { clouds, scene } = terrain;
  const [cloudRed, cloudGreen, cloudBlue] = scene.cloud;
  const horizonRow = view.horizon * rows;
  const lowestSky = skyline.reduce((low, row) => Math.max(low, row), 0);
  for (let y = 0; y < lowestSky; y++) {
    const altitude = Math.max(0.03, (horizonRow - y) / rows);
    // Clouds lie in a plane overhead: towards the horizon they crowd together.
    const depth = 16 / altitude;
    const spread = 0.4 + depth * 0.006;
    const cloudRow = (Math.floor(depth * 3 + view.seconds * 4) & mask) * TERRAIN_SIZE;
    const thickness = 4 * Math.min(1, altitude * 4);
    const lift = Math.min(1, altitude * 1.6);
    const red = scene.horizon[0] + (scene.skyTop[0] - scene.horizon[0]) * lift;
    const green = scene.horizon[1] + (scene.skyTop[1] - scene.horizon[1]) * lift;
    const blue = scene.horizon[2] + (scene.skyTop[2] - scene.horizon[2]) * lift;
    for (let column = 0, at = y * width; column < width; column++, at++) {
      if (y >= skyline[column]!) continue;
      const bearing = view.heading * 250 + (column / width - 0.5) * (180 / view.zoom);
      const across = bearing * spread + view.seconds * 7;
      const cell = Math.floor(across);
      const from = clouds[cloudRow + (cell & mask)]!;
      const density = from + (clouds[cloudRow + ((cell + 1) & mask)]! - from) * (across - cell);
      const cover = Math.min(0.9, Math.max(0, density - 0.62 + 0.3 * scene.cloudiness) * thickness);
      pixels[at] = packed(
        red + (cloudRed - red) * cover,
        green + (cloudGreen - green) * cover,
        blue + (cloudBlue - blue) * cover,
      );
    }
  }
}
