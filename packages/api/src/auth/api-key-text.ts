import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** `gw_ID_SECRET`: the prefix lets scanners of repositories recognise a key that got into one. */
const pattern = /^gw_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

export interface KeyParts {
  readonly id: string;
  readonly secret: string;
}

/** @param id 16 hexadecimal digits */
export function makeKeyParts(id: string): KeyParts {
  return { id, secret: randomBytes(32).toString("base64url") };
}

export function makeKeyId(): string {
  return randomBytes(8).toString("hex");
}

export function keyText({ id, secret }: KeyParts): string {
  return `gw_${id}_${secret}`;
}

export function parseKey(text: string): KeyParts | null {
  const [, id, secret] = pattern.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}

/** A secret of 256 random bits cannot be guessed from its hash, however fast that is. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Takes as long for a secret that is nearly right as for any other. */
export function isSecretOf(secret: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(secret), "hex"), Buffer.from(hash, "hex"));
}
