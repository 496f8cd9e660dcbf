import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** Where one repair is made, and everything of it that lies on this machine. */
export interface Scratch {
  readonly folder: string;
  remove(): Promise<void>;
}

const prefix = "repair-";

/** Nothing takes so long: whoever made it was killed. */
const leftoverMs = 24 * 3600_000;

/** Makes a folder of its own below another one, and removes there what others left behind. */
export async function openScratch(parent: string, now: Date): Promise<Scratch> {
  await mkdir(parent, { recursive: true });
  await removeLeftovers(parent, now);
  const folder = await mkdtemp(join(parent, prefix));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function removeLeftovers(parent: string, now: Date): Promise<void> {
  for (const name of await readdir(parent)) {
    const path = join(parent, name);
    if (!name.startsWith(prefix)) continue;
    // Gone, if somebody else is at it, too.
    const changed = await stat(path).catch(() => null);
    if (changed && now.getTime() - changed.mtimeMs > leftoverMs) await rm(path, { recursive: true, force: true });
  }
}
