import { usageError } from "@glasswatch/core/errors";
import type { JsonValue } from "@glasswatch/core/json";
import { type AlertsConfig, alertsConfigSchema } from "./alerts-config.ts";
import { type ConfigSource, namedPlace, withEnvironment } from "./with-environment.ts";

/**
 * Checks the configuration of alerts, with `env:NAME` replaced by what the environment has by that name.
 *
 * @throws GlasswatchError `bad-config`, with a line for each thing that is wrong; no line holds a value
 */
export function readAlertsConfig(value: JsonValue, source: ConfigSource): AlertsConfig {
  const parsed = alertsConfigSchema.safeParse(withEnvironment(value, source));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `${namedPlace(source.where, path)}: ${message}`);
  throw usageError("bad-config", lines.join("\n"));
}
