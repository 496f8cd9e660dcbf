import { usageError } from "@glasswatch/core/errors";
import type { JsonValue } from "@glasswatch/core/json";

/** Where a configuration, or a part of it, comes from. */
export interface ConfigSource {
  /** What the lines of errors begin with: `data/config.json: alerts`. */
  readonly where: string;
  /** For values that are `env:NAME`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The value with each `env:NAME` replaced by what the environment has by that name, so that secrets need not be in files.
 *
 * @throws GlasswatchError `bad-config`, with a line for each name that the environment has not
 */
export function withEnvironment(value: JsonValue, { where, env }: ConfigSource): JsonValue {
  const missing: string[] = [];
  const resolved = resolve(value, [], (name, path) => {
    const found = env[name];
    if (found === undefined || found === "") {
      missing.push(`${namedPlace(where, path)}: there is no environment variable ${name}; set it before you start`);
    }
    return found ?? "";
  });
  if (missing.length > 0) throw usageError("bad-config", missing.join("\n"));
  return resolved;
}

type Path = readonly PropertyKey[];

const prefix = "env:";

function resolve(value: JsonValue, path: Path, lookUp: (name: string, path: Path) => string): JsonValue {
  if (typeof value === "string") return value.startsWith(prefix) ? lookUp(value.slice(prefix.length), path) : value;
  if (Array.isArray(value)) return value.map((item, index) => resolve(item, [...path, index], lookUp));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, [...path, key], lookUp)]));
}

/** `data/config.json: alerts.people.ann.phone` */
export function namedPlace(where: string, path: Path): string {
  return [where, ...path.map(String)].join(".");
}
