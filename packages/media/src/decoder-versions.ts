import { readFileSync } from "node:fs";
import { getFFmpegInfo } from "node-av/lib";

/** What decodes in this process: the binding and the FFmpeg inside it. Throws where the binding cannot be loaded. */
export function decoderVersions(): { readonly binding: string; readonly ffmpeg: string } {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.resolve("node-av")), "utf8"),
  );
  const binding = typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "?";
  return { binding: String(binding), ffmpeg: getFFmpegInfo().version };
}
