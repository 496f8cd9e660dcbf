import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const apiFileSchema = z.object({ url: z.url(), key: z.string() });

/** Where the API of a data folder is, and a key to it. */
export type ApiFile = z.infer<typeof apiFileSchema>;

/** Null where there is none, or none that can be made sense of. */
export async function readApiFile(folder: string): Promise<ApiFile | null> {
  try {
    return apiFileSchema.parse(JSON.parse(await readFile(pathOf(folder), "utf8")));
  } catch {
    return null;
  }
}

/** For the eyes of its owner only: it holds a key. */
export async function writeApiFile(folder: string, file: ApiFile): Promise<void> {
  const path = pathOf(folder);
  await writeFile(`${path}.new`, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

function pathOf(folder: string): string {
  return join(folder, "api.json");
}
