import { encrypted } from "./bad-playlist.ts";

const systems: ReadonlyMap<string, string> = new Map([
  ["com.apple.streamingkeydelivery", "FairPlay"],
  ["com.microsoft.playready", "PlayReady"],
  ["urn:uuid:9a04f079-9840-4286-ab92-e65be0885f95", "PlayReady"],
  ["urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed", "Widevine"],
]);

/**
 * Refuses what cannot be decrypted. Read from the lines themselves: the parser keeps the DRM systems it knows apart from
 * the keys and takes all others for plain AES-128.
 *
 * @throws GlasswatchError with code `encrypted`
 */
export function assertDecryptable(url: string, text: string): void {
  const found = new Set<string>();
  for (const [, attributes = ""] of text.matchAll(/^#EXT-X-(?:SESSION-)?KEY:(.*)$/gm)) {
    const method = /(?:^|,)\s*METHOD=([\w-]+)/.exec(attributes)?.[1] ?? "AES-128";
    const format = /(?:^|,)\s*KEYFORMAT="([^"]*)"/.exec(attributes)?.[1]?.toLowerCase() ?? "identity";
    if (method === "NONE" || (method === "AES-128" && format === "identity")) continue;
    const system = systems.get(format);
    found.add(system === undefined ? method : `${system} (${method})`);
  }
  if (found.size > 0) throw encrypted(url, [...found].join(", "));
}
