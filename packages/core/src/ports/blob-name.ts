/** Parts of letters, digits, `.`, `_` and `-`, none of dots alone: such a name leads nowhere else, in files and in buckets. */
const namePattern = /^(?!\.+(\/|$))[\w.-]+(\/(?!\.+(\/|$))[\w.-]+)*$/;

/** Longest path that every file system holds beside a folder's own. */
const nameLimit = 500;
const partLimit = 200;

/** @throws RangeError for what is no name of a blob */
export function checkBlobName(name: string): void {
  const short = name.length <= nameLimit && name.split("/").every((part) => part.length <= partLimit);
  if (short && namePattern.test(name)) return;
  throw new RangeError(
    `${JSON.stringify(name.slice(0, 80))} is no name of a blob: letters, digits, . _ - and / between`,
  );
}
