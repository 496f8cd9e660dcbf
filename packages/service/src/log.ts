import { type Logger, pino, stdTimeFunctions } from "pino";

/** What a container says: a JSON object a line, with its level by name. */
export function openLog(): Logger {
  return pino({ formatters: { level: (label) => ({ level: label }) }, timestamp: stdTimeFunctions.isoTime });
}
