import { usageError } from "@glasswatch/core/errors";
import type { JsonValue } from "@glasswatch/core/json";
import { type AlertsConfig, alertsConfigSchema } from "./alerts-config.ts";

export interface AlertsConfigSource {
  /** What the lines of errors begin with: `data/config.json: alerts`. */
  readonly where: string;
  /** For values that are `env:NAME`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Checks the configuration of alerts, with `env:NAME` replaced by what the environment has by that name.
 *
 * @throws GlasswatchError `bad-config`, with a line for each thing that is wrong; no line holds a value
 */
export function readAlertsConfig(value: JsonValue, { where, env }: AlertsConfigSource): AlertsConfig {
  const missing: string[] = [];
  const resolved = resolve(value, [], (name, path) => {
    const found = env[name];
    if (found === undefined || found === "") {
      missing.push(`${named(where, path)}: there is no environment variable ${name}; set it before you start`);
    }
    return found ?? "";
  });
  if (missing.length > 0) throw usageError("bad-config", missing.join("\n"));
  const parsed = alertsConfigSchema.safeParse(resolved);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `${named(where, path)}: ${message}`);
  throw usageError("bad-config", lines.join("\n"));
}

type Path = readonly PropertyKey[];

const prefix = "env:";

function resolve(value: JsonValue, path: Path, lookUp: (name: string, path: Path) => string): JsonValue {
  if (typeof value === "string") return value.startsWith(prefix) ? lookUp(value.slice(prefix.length), path) : value;
  if (Array.isArray(value)) return value.map((item, index) => resolve(item, [...path, index], lookUp));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, [...path, key], lookUp)]));
}

function named(where: string, path: Path): string {
  return [where, ...path.map(String)].join(".");
}
