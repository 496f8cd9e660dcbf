type Numbers =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** A typed array that grows as values are put into it; what was not written is 0. */
export interface Growing<Values> {
  put(at: number, values: Values): void;
  append(values: Values): void;
  /** What was written so far, without a copy. */
  values(): Values;
}

export function growing<Values extends Numbers>(make: (length: number) => Values): Growing<Values> {
  let room = make(1024);
  let length = 0;

  function put(at: number, values: Values): void {
    const end = at + values.length;
    if (end > room.length) {
      const larger = make(Math.max(end, 2 * room.length));
      larger.set(room.subarray(0, length));
      room = larger;
    }
    room.set(values, at);
    length = Math.max(length, end);
  }

  return {
    put,
    append: (values) => put(length, values),
    values: () => room.subarray(0, length) as Values,
  };
}
