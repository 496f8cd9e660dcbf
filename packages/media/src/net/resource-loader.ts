/** A part of a resource. */
export interface ByteRange {
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

export interface ByteStream {
  /** What comes next, at least one byte; null at the end. */
  read(): Promise<Uint8Array | null>;
  /** Ends a read that is under way, too: it rejects. */
  close(): Promise<void>;
}

export interface TextResource {
  /** Where it came from in the end: what relative addresses in it are relative to. */
  readonly url: string;
  readonly text: string;
}

/**
 * Where playlists, segments, keys and initialisation sections come from: the guarded fetcher, or the folder of a local
 * playlist. Every failure is a GlasswatchError.
 */
export interface ResourceLoader {
  readonly signal: AbortSignal | undefined;
  /** A playlist, 5 MB at most. */
  readText(url: string): Promise<TextResource>;
  /** Resolves once the resource answers. What breaks later is picked up where it broke, as far as that is possible. */
  open(url: string, range?: ByteRange): Promise<ByteStream>;
  close(): Promise<void>;
}

/** The whole of a stream; null when it is longer than `maxBytes`. */
export async function readAll(stream: ByteStream, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  try {
    for (let chunk = await stream.read(); chunk !== null; chunk = await stream.read()) {
      chunks.push(chunk);
      total += chunk.length;
      if (total > maxBytes) return null;
    }
    return Buffer.concat(chunks);
  } finally {
    await stream.close();
  }
}
