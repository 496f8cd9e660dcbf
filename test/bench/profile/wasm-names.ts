/** Kind of a function among the exports of a module (WebAssembly Core 2.0 §5.5.10). */
const functionKind = 0;
/** Id of the section that lists exports (§5.5.2). */
const exportSection = 7;
const headerBytes = 8;

/** Names of a module's exported functions, by their index: profiles know functions by index only. */
export function wasmNames(module: Uint8Array): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  let at = headerBytes;

  /** An unsigned number in LEB128 (§5.2.2). */
  function number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  while (at < module.length) {
    const section = module[at++];
    const sizeBytes = number();
    const end = at + sizeBytes;
    if (section === exportSection) {
      for (let count = number(); count > 0; count--) {
        const length = number();
        const name = new TextDecoder().decode(module.subarray(at, at + length));
        at += length;
        const kind = module[at++];
        const index = number();
        if (kind === functionKind) names.set(index, name);
      }
    }
    at = end;
  }
  return names;
}
