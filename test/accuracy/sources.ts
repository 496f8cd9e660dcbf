import { globSync } from "node:fs";
import { join, parse } from "node:path";
import type { MediaInfo } from "@glasswatch/core/media";
import { openMedia } from "@glasswatch/media/open";
import { fixtureOf } from "../fixtures/fixture.ts";
import { type ClipOrigin, originOf } from "./origins.ts";
import { paintedRecipes } from "./painted.ts";
import type { Source } from "./sample.ts";

const clipPattern = "*.{mp4,mov,ts,webm,mpg,flv,mkv,ogg,mp3,wav,flac,m4a}";

/** The clips of a folder; painted ones where none is given. */
export async function findSources(folder: string | undefined): Promise<readonly Source[]> {
  if (folder === undefined) return paintedSources();
  const paths = globSync(join(folder, clipPattern)).toSorted();
  if (paths.length === 0) throw new Error(`${folder} holds no clips (${clipPattern})`);
  const found: Source[] = [];
  for (const path of paths) {
    const id = parse(path).name;
    const origin = originOf(id);
    if (origin) found.push(await describe(id, path, origin));
  }
  return found;
}

async function paintedSources(): Promise<readonly Source[]> {
  const found: Source[] = [];
  for (const [index, name] of Object.keys(paintedRecipes).entries()) {
    const path = await fixtureOf(paintedRecipes, name, "accuracy");
    const split = index % 2 === 0 ? "tune" : "score";
    found.push(await describe(name, path, { split, has: [], soundless: false }));
  }
  return found;
}

async function describe(id: string, path: string, { split, has, soundless }: ClipOrigin): Promise<Source> {
  const reader = await openMedia(path, { allowPrivate: false });
  const { info } = reader;
  await reader.close();
  return {
    id,
    path,
    split,
    durationSeconds: info.durationSeconds ?? 0,
    picture: pictureOf(info),
    sound: soundless ? null : soundOf(info),
    has,
  };
}

function pictureOf({ video }: MediaInfo): Source["picture"] {
  // Where the container states no rate, times of defects could not be placed on pictures.
  return video && video.fps > 0 ? { width: video.width, height: video.height, fps: video.fps } : null;
}

function soundOf({ audio: [track] }: MediaInfo): Source["sound"] {
  return track ? { channels: track.channels, sampleRate: track.sampleRate } : null;
}
