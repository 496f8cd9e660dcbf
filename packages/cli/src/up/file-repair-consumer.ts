import type { Event } from "@glasswatch/core/events/event";
import { handleFileEvent } from "@glasswatch/repair/files/handle-file-event";
import type { ConsumerSetup } from "./consumers.ts";

/** Takes events of the queue `file-repairs`. */
export function fileRepairConsumer({
  ports,
  allowPrivate,
  scratchFolder,
  log,
  signal,
}: ConsumerSetup): (event: Event) => Promise<void> {
  const addressOf = async (url: string) => url;
  const setup = { ports, allowPrivate, addressOf, scratchFolder, log, signal, now: () => new Date() };
  return (event) => handleFileEvent(event, setup);
}
