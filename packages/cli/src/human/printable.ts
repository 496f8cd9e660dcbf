import { stripVTControlCharacters } from "node:util";

/** A name or message from outside on one line, without anything that a terminal would obey. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(/\p{Cc}+/gu, " ");
}
