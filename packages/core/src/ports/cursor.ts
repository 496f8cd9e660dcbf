import { z } from "zod";
import { InvalidCursorError } from "./errors.ts";

const cursorSchema = z.tuple([z.array(z.string()), z.array(z.string())]);

/**
 * Where a page ended, as text that means nothing to whoever passes it on.
 *
 * @param scope what is read: a cursor of one partition is none of another
 * @param position the keys of the last row
 */
export function writeCursor(scope: readonly string[], position: readonly string[]): string {
  return Buffer.from(JSON.stringify([scope, position])).toString("base64url");
}

/** @returns the position. @throws InvalidCursorError where `writeCursor` made no such cursor for this scope */
export function readCursor(scope: readonly string[], cursor: string): readonly string[] {
  const parsed = cursorSchema.safeParse(jsonOf(Buffer.from(cursor, "base64url").toString()));
  // Written anew it has to be the same: whatever else decodes to it was given by no page.
  if (parsed.success && writeCursor(scope, parsed.data[1]) === cursor) return parsed.data[1];
  throw new InvalidCursorError(
    "no page ended there: pass on the cursor of the page before, or none for the first page",
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
