import type { Scene } from "./landscape.ts";

/** How a shot's camera moves; places are on the terrain, shares are of the shot's length. */
export type Move =
  /** A flight over the ground. */
  | { readonly kind: "flight"; readonly speed: number; readonly turn: number }
  /** A camera on a tripod; only the clouds and the lights of cars move. */
  | { readonly kind: "tripod"; readonly cars: boolean }
  /** A window that glides over a wide still: shares of its width and height. */
  | { readonly kind: "still"; readonly from: Window; readonly to: Window };

/** Part of a still: its left and top edge and its width, as shares of the still's width. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

export interface Shot {
  readonly scene: Scene;
  readonly startSeconds: number;
  readonly move: Move;
  readonly x: number;
  readonly y: number;
  readonly heading: number;
  /** Camera height over the scene's highest ground, as a share of the relief. */
  readonly altitude: number;
}

const alps: Scene = {
  seed: 3,
  relief: 95,
  sharpness: 1.6,
  waterLevel: 0,
  ground: [
    [60, 82, 38],
    [78, 96, 44],
    [96, 92, 60],
    [118, 108, 92],
    [150, 146, 142],
    [238, 240, 246],
  ],
  skyTop: [74, 122, 190],
  horizon: [196, 208, 220],
  cloud: [246, 246, 246],
  cloudiness: 0.4,
  lamps: 0,
};

const lake: Scene = {
  ...alps,
  seed: 11,
  relief: 80,
  sharpness: 1.1,
  waterLevel: 0.3,
  ground: [
    [126, 114, 84],
    [88, 104, 52],
    [60, 84, 42],
    [78, 88, 54],
    [112, 110, 98],
    [170, 168, 164],
  ],
  skyTop: [64, 96, 160],
  horizon: [236, 190, 146],
  cloud: [255, 214, 180],
  cloudiness: 0.5,
};

const town: Scene = {
  ...alps,
  seed: 23,
  relief: 40,
  sharpness: 1.2,
  ground: [
    [9, 11, 18],
    [11, 13, 20],
    [13, 15, 22],
    [10, 12, 18],
  ],
  skyTop: [8, 10, 24],
  horizon: [40, 40, 62],
  cloud: [24, 24, 36],
  cloudiness: 0.4,
  lamps: 0.05,
};

const desert: Scene = {
  ...alps,
  seed: 31,
  relief: 60,
  sharpness: 2.2,
  ground: [
    [206, 164, 106],
    [214, 170, 112],
    [186, 134, 84],
    [150, 96, 64],
    [128, 80, 58],
  ],
  skyTop: [98, 140, 190],
  horizon: [232, 214, 186],
  cloud: [250, 240, 230],
  cloudiness: 0.3,
};

/** The programme's shots in order; each lasts until the next begins. */
export const shots: readonly Shot[] = [
  { scene: alps, startSeconds: 0, move: { kind: "flight", speed: 9, turn: 0.02 }, ...at(100, 100, 0.4, 0.1) },
  { scene: lake, startSeconds: 8.6, move: { kind: "tripod", cars: false }, ...at(300, 40, 2.1, 0.15) },
  { scene: town, startSeconds: 15, move: { kind: "tripod", cars: true }, ...at(60, 210, 0.9, 0.25) },
  { scene: alps, startSeconds: 22.4, move: glide([0.1, 0.12, 0.72], [0.2, 0.2, 0.5]), ...at(330, 250, 3.9, 0.2) },
  { scene: desert, startSeconds: 29.6, move: glide([0.05, 0.15, 0.6], [0.3, 0.2, 0.55]), ...at(90, 90, 0.4, 0.2) },
  { scene: lake, startSeconds: 41.6, move: glide([0.02, 0.25, 0.55], [0.4, 0.22, 0.55]), ...at(140, 400, 5.2, 0.3) },
  { scene: desert, startSeconds: 47, move: { kind: "tripod", cars: false }, ...at(400, 200, 4.4, 0.1) },
  { scene: alps, startSeconds: 52, move: { kind: "flight", speed: 7, turn: 0.04 }, ...at(20, 420, 1.4, 0.35) },
];

function at(x: number, y: number, heading: number, altitude: number) {
  return { x, y, heading, altitude };
}

type Corner = readonly [left: number, top: number, width: number];

function glide(from: Corner, to: Corner): Move {
  return { kind: "still", from: windowAt(from), to: windowAt(to) };
}

function windowAt([left, top, width]: Corner): Window {
  return { left, top, width };
}
