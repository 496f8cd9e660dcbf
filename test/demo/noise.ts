/** A square of smooth, random values that tiles: `size` is a power of two, values lie between 0 and 1. */
export function fractalNoise(size: number, octaves: number, coarsest: number, seed: number): Float32Array {
  const field = new Float32Array(size * size);
  let amplitude = 1;
  let total = 0;
  for (let octave = 0, cells = coarsest; octave < octaves && cells <= size; octave++, cells *= 2) {
    addLattice(field, size, cells, amplitude, seed + octave);
    total += amplitude;
    amplitude *= 0.5;
  }
  return field.map((value) => value / total);
}

/** Adds one octave: random values on a grid of `cells` × `cells`, joined by smooth curves. */
function addLattice(field: Float32Array, size: number, cells: number, amplitude: number, seed: number): void {
  const random = randomNumbers(seed);
  const lattice = Float32Array.from({ length: cells * cells }, random);
  const step = size / cells;
  const ease = Float32Array.from({ length: step }, (_, i) => smooth(i / step));
  for (let y = 0; y < size; y++) {
    const upper = Math.floor(y / step) * cells;
    const lower = (upper + cells) % (cells * cells);
    const down = ease[y % step] ?? 0;
    for (let x = 0; x < size; x++) {
      const left = Math.floor(x / step);
      const right = (left + 1) % cells;
      const across = ease[x % step] ?? 0;
      const top = mix(lattice[upper + left] ?? 0, lattice[upper + right] ?? 0, across);
      const bottom = mix(lattice[lower + left] ?? 0, lattice[lower + right] ?? 0, across);
      field[y * size + x] = (field[y * size + x] ?? 0) + amplitude * mix(top, bottom, down);
    }
  }
}

/** Numbers from 0 to 1 that are the same for a seed on every machine (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

export function smooth(x: number): number {
  return x * x * (3 - 2 * x);
}
