export interface BlobInfo {
  /** `image/jpeg`, `application/json`, … */
  readonly contentType: string;
  /** Deleted some time after, in days. */
  readonly keepDays: number;
}

/**
 * What is too large for a row: results, pictures, clips. Names are paths with `/`, of letters, digits, `.`, `_` and `-`;
 * for what is no such name (`../x`) every call throws a RangeError.
 */
export interface Blobs {
  /** Replaces what had that name. @throws UnavailableError where it was not stored */
  put(name: string, bytes: Uint8Array, info: BlobInfo): Promise<void>;
  get(name: string): Promise<{ readonly bytes: Uint8Array; readonly contentType: string } | null>;
  /**
   * Where whoever has the address may fetch the blob for some minutes, without credentials.
   *
   * @returns null where it is to be had by `get` alone, and where there is none
   */
  addressOf(name: string): Promise<string | null>;
  remove(name: string): Promise<void>;
}
