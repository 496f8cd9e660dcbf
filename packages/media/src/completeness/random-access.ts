import type { FileHandle } from "node:fs/promises";

/** A file of known size, read at will. */
export interface RandomAccess {
  readonly sizeBytes: number;
  /** Fewer bytes than asked for where the file ends before. */
  read(offsetBytes: number, length: number): Promise<Buffer>;
}

export function randomAccess(file: FileHandle, sizeBytes: number): RandomAccess {
  return {
    sizeBytes,
    async read(offsetBytes, length) {
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await file.read(buffer, 0, length, offsetBytes);
      return buffer.subarray(0, bytesRead);
    },
  };
}
