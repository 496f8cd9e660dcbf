import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { decoderVersions } from "@glasswatch/media/decoder-versions";
import type { Manifest } from "./manifest.ts";

/** A file by its content. */
export async function factsOfFile(name: string, path: string): Promise<NonNullable<Manifest["input"]>> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { name, sizeBytes: (await stat(path)).size, sha256: hash.digest("hex") };
}

let versions: Promise<Readonly<Record<string, string>>> | undefined;

/** What repairs are made with in this process, by name. */
export function toolVersions(): Promise<Readonly<Record<string, string>>> {
  versions ??= readVersions();
  return versions;
}

async function readVersions(): Promise<Readonly<Record<string, string>>> {
  const { binding, ffmpeg } = decoderVersions();
  const { stdout } = await promisify(execFile)(process.env["FFMPEG_PATH"] ?? "ffmpeg", ["-version"]).catch(() => ({
    stdout: "",
  }));
  const own: unknown = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
  return {
    glasswatch: typeof own === "object" && own !== null && "version" in own ? String(own.version) : "unknown",
    ffmpeg: /version (\S+)/.exec(stdout)?.[1] ?? "not found",
    "node-av": `${binding} with FFmpeg ${ffmpeg}`,
  };
}
