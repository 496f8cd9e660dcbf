import { createDecipheriv } from "node:crypto";
import { GlasswatchError, inputError } from "@glasswatch/core/errors";
import { maskUrl } from "@glasswatch/core/net/mask-url";
import { type ByteStream, type ResourceLoader, readAll } from "../net/resource-loader.ts";
import type { SegmentKey } from "./segment.ts";

/** Keys in memory; playlists that rotate them use each for a while and then never again. */
const maxKeys = 16;

export interface Decryption {
  /** The same stream in clear. */
  decrypt(stream: ByteStream, key: SegmentKey): Promise<ByteStream>;
}

/** AES-128 decryption of whole segments as they stream by; keys come through the loader, once each. */
export function openDecryption(loader: ResourceLoader): Decryption {
  const keys = new Map<string, Promise<Uint8Array>>();

  function keyAt(url: string): Promise<Uint8Array> {
    const known = keys.get(url);
    if (known) return known;
    const fetched = fetchKey(loader, url);
    fetched.catch(() => keys.delete(url));
    keys.set(url, fetched);
    for (const oldest of keys.keys()) {
      if (keys.size <= maxKeys) break;
      keys.delete(oldest);
    }
    return fetched;
  }

  return {
    async decrypt(stream, { url, iv }) {
      try {
        return decipher(stream, await keyAt(url), iv, url);
      } catch (error) {
        await stream.close();
        throw error;
      }
    },
  };
}

async function fetchKey(loader: ResourceLoader, url: string): Promise<Uint8Array> {
  const key = await readKey(loader, url);
  if (key?.length === 16) return key;
  const size = key === null ? "more than 16" : String(key.length);
  throw inputError("encrypted", `${maskUrl(url)}: what should be the decryption key has ${size} bytes instead of 16`);
}

async function readKey(loader: ResourceLoader, url: string): Promise<Uint8Array | null> {
  try {
    return await readAll(await loader.open(url), 16);
  } catch (error) {
    if (!(error instanceof GlasswatchError) || error.code === "interrupted" || error.code === "address-refused")
      throw error;
    throw inputError("encrypted", `the decryption key could not be had: ${error.message}`, error);
  }
}

function decipher(stream: ByteStream, key: Uint8Array, iv: Uint8Array, keyUrl: string): ByteStream {
  const cipher = createDecipheriv("aes-128-cbc", key, iv);
  let ended = false;

  function finish(): Uint8Array {
    try {
      return cipher.final();
    } catch (error) {
      throw inputError("encrypted", `${maskUrl(keyUrl)}: this key does not decrypt its segment`, error);
    }
  }

  return {
    async read() {
      while (!ended) {
        const chunk = await stream.read();
        ended = chunk === null;
        const clear = chunk === null ? finish() : cipher.update(chunk);
        if (clear.length > 0) return clear;
      }
      return null;
    },
    close: () => stream.close(),
  };
}
