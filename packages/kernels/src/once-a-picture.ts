import type { AtHand } from "./at-hand.ts";

/** Something measured only on pictures that somebody asks about, and then once. */
export interface OnceAPicture<Measured> {
  read(): Measured;
}

export function onceAPicture<Measured>({ frame }: AtHand, measure: () => Measured): OnceAPicture<Measured> {
  let measured: Measured;
  let index = Number.NaN;
  return {
    read() {
      if (index !== frame.index) {
        measured = measure();
        index = frame.index;
      }
      return measured;
    },
  };
}
