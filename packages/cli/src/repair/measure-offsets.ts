import { resolve } from "node:path";
import { ExitCode, GlasswatchError } from "@glasswatch/core/errors";
import { inspectFile } from "@glasswatch/media/packets/file-facts";
import type { OtherVersion } from "@glasswatch/repair/media/media-action";
import type { CompareFunction } from "../compare/run-compare.ts";
import type { Effects } from "../effects.ts";

/** How early the sound of a file is against a version in sync, ms. */
export interface MeasuredOffset {
  readonly offsetMs: number | null;
  readonly isOutOfSync: boolean;
  /** Why it could not be measured; null where it was. */
  readonly reason: string | null;
}

/**
 * Holds a file against a version in sync.
 *
 * @throws GlasswatchError with exit code 3 when either cannot be read
 */
export async function offsetAgainst(
  reference: string,
  path: string,
  effects: Effects,
  compare: CompareFunction,
): Promise<MeasuredOffset> {
  const { comparison } = await compare(
    { reference: resolve(effects.cwd, reference), input: path, allowPrivate: true },
    { signal: effects.signal },
  );
  if (comparison.error) throw unreadable(comparison.error, effects.cwd, reference);
  const { avOffsetSeconds, verdict, reason } = comparison;
  return {
    offsetMs: avOffsetSeconds === null ? null : Math.round(avOffsetSeconds * 1e4) / 10,
    isOutOfSync: verdict === "out-of-sync",
    reason,
  };
}

/**
 * Another version to take pictures from, and how much later they come there.
 *
 * @returns a reason instead, where that cannot be told: a guess would put wrong pictures into the file
 * @throws GlasswatchError with exit code 3 when it cannot be read
 */
export async function otherVersion(
  name: string,
  path: string,
  effects: Effects,
  compare: CompareFunction,
): Promise<OtherVersion | { readonly reason: string }> {
  const other = resolve(effects.cwd, name);
  const file = await inspectFile(other).catch((error: unknown) => {
    throw error instanceof GlasswatchError ? unreadable(error, effects.cwd, name) : error;
  });
  const { comparison } = await compare(
    { reference: path, input: other, allowPrivate: true },
    { signal: effects.signal },
  );
  if (comparison.error) throw unreadable(comparison.error, effects.cwd, name);
  const { video, delaySeconds } = comparison;
  const delay = video.delaySeconds ?? delaySeconds;
  if (delay === null) {
    return { reason: `${name}: its pictures cannot be aligned with the file's (${video.problem ?? "unrelated"})` };
  }
  return { name, file, delaySeconds: delay };
}

function unreadable(
  { code, message }: { readonly code: string; readonly message: string },
  cwd: string,
  name: string,
): GlasswatchError {
  return new GlasswatchError(code, message.replaceAll(resolve(cwd, name), name), ExitCode.input);
}
