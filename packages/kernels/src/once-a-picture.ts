/** Something measured only on pictures that somebody asks about, and then once. */
export interface OnceAPicture<Measured> {
  /** The feature that detectors see. */
  readonly feature: { read(): Measured };
  /** Another picture is shown. */
  renew(): void;
}

export function onceAPicture<Measured>(measure: () => Measured): OnceAPicture<Measured> {
  let held: Measured | undefined;
  return {
    feature: {
      read() {
        held ??= measure();
        return held;
      },
    },
    renew() {
      held = undefined;
    },
  };
}
