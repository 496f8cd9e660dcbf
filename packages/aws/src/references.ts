import { randomUUID } from "node:crypto";
import type { JsonObject, JsonValue } from "@glasswatch/core/json";
import type { Blobs } from "@glasswatch/core/ports/blobs";

/** The only field of an object that stands for a value in a blob. */
const field = "glasswatchBlob";

const folder = "by-reference/";

/** A message is kept by its queue, and by the dead-letter queue after it, for 14 days each at the longest. */
const keepDays = 30;

/** Puts a value that is too large for where it has to go into a blob. @returns what goes there instead */
export async function referTo(value: JsonValue, blobs: Blobs): Promise<JsonObject> {
  const name = `${folder}${randomUUID()}.json`;
  await blobs.put(name, Buffer.from(JSON.stringify(value)), { contentType: "application/json", keepDays });
  return { [field]: name };
}

/** The value that was meant: of a message or an outbox, or of the data of an event. */
export async function resolveReferences(value: JsonValue, blobs: Blobs): Promise<JsonValue> {
  if (!isObject(value)) return value;
  const name = referenceOf(value);
  if (name !== null) return load(name, blobs);
  const detail = value["detail"];
  const data = isObject(detail) ? detail["data"] : undefined;
  const dataName = isObject(data) ? referenceOf(data) : null;
  if (dataName === null) return value;
  return { ...value, detail: { ...(detail as JsonObject), data: await load(dataName, blobs) } };
}

async function load(name: string, blobs: Blobs): Promise<JsonValue> {
  const blob = await blobs.get(name);
  if (!blob) throw new Error(`the blob ${name}, which a message refers to, is gone`);
  return JSON.parse(Buffer.from(blob.bytes).toString());
}

function referenceOf(value: JsonObject): string | null {
  const name = value[field];
  const isReference = typeof name === "string" && name.startsWith(folder) && Object.keys(value).length === 1;
  return isReference ? name : null;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
