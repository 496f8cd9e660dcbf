import type { JsonValue } from "../json.ts";
import { type Event, eventSchema } from "./event.ts";

const knownTypes: ReadonlySet<unknown> = new Set(
  eventSchema.options.map(({ shape }) => shape["detail-type"].value satisfies string),
);

/**
 * An event as it arrived at a consumer.
 *
 * @returns null for an event of a type that this version does not know: consumers leave it out
 * @throws ZodError for what is no event
 */
export function readEvent(body: JsonValue): Event | null {
  if (typeof body === "object" && body !== null && "detail-type" in body) {
    const type = body["detail-type"];
    if (typeof type === "string" && !knownTypes.has(type)) return null;
  }
  return eventSchema.parse(body);
}
