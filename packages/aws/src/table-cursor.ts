import { InvalidCursorError } from "@glasswatch/core/ports/errors";
import { z } from "zod";
import type { Item } from "./table-item.ts";

const keySchema = z.record(z.string(), z.string());

/** Where a page ended, as text that a caller hands back. */
export function cursorOf(lastKey: Item): string {
  const names = Object.entries(lastKey).map(([name, value]) => [name, value.S]);
  return Buffer.from(JSON.stringify(Object.fromEntries(names))).toString("base64url");
}

/**
 * @param owner the attribute and value that every key of the pages has: the partition, or the list
 * @throws InvalidCursorError for what no page of theirs gave
 */
export function startKeyOf(cursor: string, owner: { readonly name: "pk" | "list"; readonly value: string }): Item {
  const key = parse(cursor);
  const names = owner.name === "pk" ? ["pk", "sk"] : ["pk", "sk", "list", "order"];
  const isKey = key !== null && Object.keys(key).sort().join() === names.sort().join();
  if (!isKey || key[owner.name] !== owner.value) throw new InvalidCursorError("the cursor is none that a page gave");
  return Object.fromEntries(Object.entries(key).map(([name, text]) => [name, { S: text }]));
}

function parse(cursor: string): z.infer<typeof keySchema> | null {
  try {
    return keySchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    return null;
  }
}
