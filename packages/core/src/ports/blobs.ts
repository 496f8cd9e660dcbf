export interface BlobInfo {
  /** `image/jpeg`, `application/json`, … */
  readonly contentType: string;
  /** Deleted some time after, in days. */
  readonly keepDays: number;
}

export interface AddressOptions {
  /** What comes from there says as `content-disposition` (RFC 6266). */
  readonly contentDisposition?: string;
}

/** A blob that is read bit by bit. */
export interface OpenBlob {
  readonly contentType: string;
  readonly sizeBytes: number;
  /** From one byte to another, both included; all of it where none is named. */
  read(range?: { readonly fromByte: number; readonly toByte: number }): Promise<ReadableStream<Uint8Array>>;
}

/**
 * What is too large for a row: results, pictures, clips. Names are paths with `/`, of letters, digits, `.`, `_` and `-`;
 * for what is no such name (`../x`) every call throws a RangeError.
 */
export interface Blobs {
  /** Replaces what had that name. @throws UnavailableError where it was not stored */
  put(name: string, bytes: Uint8Array, info: BlobInfo): Promise<void>;
  /** As `put`, of what a file holds, whatever its size. Where that cannot be read, what Node throws is thrown. */
  putFile(name: string, path: string, info: BlobInfo): Promise<void>;
  get(name: string): Promise<{ readonly bytes: Uint8Array; readonly contentType: string } | null>;
  /** Null where there is none. */
  open(name: string): Promise<OpenBlob | null>;
  /**
   * What a scan of the blob has as its `url`: workers of the same deployment know how to read it.
   *
   * @returns null where there is none
   */
  mediaUrl(name: string): Promise<string | null>;
  /**
   * Where whoever has the address may fetch the blob for some minutes, without credentials.
   *
   * @returns null where it is to be had by `get` alone, and where there is none
   */
  addressOf(name: string, options?: AddressOptions): Promise<string | null>;
  remove(name: string): Promise<void>;
}
