import { stat, statfs, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ExitCode, GlasswatchError, inputError } from "@glasswatch/core/errors";
import { filePath } from "@glasswatch/core/net/file-url";
import { maskUrl } from "@glasswatch/core/net/mask-url";
import type { Scan } from "@glasswatch/core/state/scans";
import { openDownload } from "@glasswatch/media/net/download";
import { isFetched, isWeb } from "@glasswatch/media/net/is-fetched";
import { rewritten } from "./presentable.ts";
import type { FileRepairSetup } from "./setup.ts";

/**
 * Puts what was scanned under a name of ours: fetched, or a link to the file of this machine.
 *
 * @throws GlasswatchError whose message names it as people know it
 */
export async function fetchFile(scan: Scan, path: string, setup: FileRepairSetup): Promise<void> {
  const address = await setup.addressOf(scan.url);
  try {
    await (isWeb(address) ? download(address, path, setup) : link(address, path));
  } catch (error) {
    throw rewritten(error, [address, scan.input], [maskUrl(address), scan.input]);
  }
}

async function download(address: string, path: string, { allowPrivate, signal }: FileRepairSetup): Promise<void> {
  const shown = maskUrl(address);
  const opened = await openDownload(address, { allowPrivate, signal });
  try {
    const { sizeBytes, playlist } = opened;
    if (playlist) throw listed(shown);
    if (sizeBytes === null) {
      const advice = "serve it with its length (content-length), or store it as a file";
      throw inputError("not-readable", `${shown}: the server does not say how large it is; ${advice}`);
    }
    await assertRoom(path, shown, sizeBytes, 3);
    await opened.save(path);
  } finally {
    await opened.close();
  }
}

async function link(address: string, path: string): Promise<void> {
  const protocol = /^([a-z][a-z0-9+.-]+):\/\//i.exec(address)?.[1]?.toLowerCase();
  if (protocol !== undefined && protocol !== "file") {
    throw inputError("unsupported-protocol", `${address}: ${protocol} cannot be read; scan an http(s) address`);
  }
  const file = resolve(protocol === undefined ? address : filePath(address));
  if (isFetched(file)) throw listed(address);
  const { size } = await stat(file).catch((error: unknown) => {
    throw inputError("file-not-found", `${address}: there is no such file any more`, error);
  });
  await assertRoom(path, address, size, 2);
  await symlink(file, path);
}

/** A repair is made of the one before, so that two copies lie beside the file at times. */
async function assertRoom(path: string, shown: string, sizeBytes: number, times: number): Promise<void> {
  const { bavail, bsize } = await statfs(join(path, ".."));
  const [needed, free] = [sizeBytes * times, bavail * bsize];
  if (needed <= free) return;
  const message = `${shown}: repairing it takes ${inGigabytes(needed)} of disk, and ${inGigabytes(free)} are free; make room`;
  throw new GlasswatchError("disk-full", message, ExitCode.fault);
}

function inGigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

function listed(shown: string): GlasswatchError {
  const advice = "repair works on one file: scan the one that it was made of";
  return inputError("not-media", `${shown}: this is a playlist, whose parts are files of their own; ${advice}`);
}
