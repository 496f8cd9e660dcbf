import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { AlertsConfig } from "@glasswatch/alerts/alerts-config";
import { readAlertsConfig } from "@glasswatch/alerts/read-alerts-config";
import type { WebhookEndpoint } from "@glasswatch/alerts/webhook/post-cloud-event";
import { webhookSecretSchema } from "@glasswatch/alerts/webhook/secret";
import { withEnvironment } from "@glasswatch/alerts/with-environment";
import { usageError } from "@glasswatch/core/errors";
import { type DetectorGroup, defaultGroups } from "@glasswatch/core/groups";
import type { JsonObject, JsonValue } from "@glasswatch/core/json";
import { consumerQueues } from "@glasswatch/core/queues";
import type { Route } from "@glasswatch/core/routes";
import { compilePattern } from "@glasswatch/core/routing/pattern";
import { type IncidentPolicy, incidentPolicySchema } from "@glasswatch/incidents/policy";
import { z } from "zod";

const nameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "expected a name of small letters, digits and hyphens");

const configSchema = z.strictObject({
  /** Further routes, beside those of every deployment. */
  routes: z
    .array(z.strictObject({ name: nameSchema, pattern: z.record(z.string(), z.json()), target: nameSchema }))
    .default([]),
  /** Where events are posted to. */
  endpoints: z
    .record(
      nameSchema,
      z.strictObject({
        url: z.url({ protocol: /^https?$/ }),
        /** What requests are signed with; they are not, unless it is said. */
        secret: webhookSecretSchema.optional(),
        /** Admits loopback and private addresses. */
        allowPrivate: z.boolean().default(false),
      }),
    )
    .default({}),
  /** Which detectors work together in one process; all in one, unless it is said. */
  groups: z.record(nameSchema, z.array(z.string()).min(1)).optional(),
  /** When something is news of an incident. */
  incidents: incidentPolicySchema.prefault({}),
  /** Who is told of incidents, and how. Those who tell them check it. */
  alerts: z.json().default({}),
});

/** What a data folder's `config.json` says. */
export interface UpConfig {
  readonly routes: readonly Route[];
  readonly endpoints: Readonly<Record<string, WebhookEndpoint>>;
  readonly groups: readonly DetectorGroup[];
  readonly incidents: IncidentPolicy;
  readonly alerts: AlertsConfig;
}

export interface ConfigSource {
  /** That `config.json` is in. */
  readonly folder: string;
  /** The folder as it was typed: errors name it so. */
  readonly typed: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly detectorIds: ReadonlySet<string>;
}

/** The queue in front of an endpoint that routes of the configuration lead to. */
export function endpointQueue(name: string): string {
  return `endpoint-${name}`;
}

/** @throws GlasswatchError with a line for each thing that is wrong */
export async function readConfig({ folder, typed, env, detectorIds }: ConfigSource): Promise<UpConfig> {
  const name = join(typed, "config.json");
  const text = await readFile(join(folder, "config.json"), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw usageError("bad-config", `${name}: this file cannot be read (${error.code})`, error);
  });
  const parsed = configSchema.safeParse(withSecrets(parseJson(text, name), { where: `${name}: endpoints`, env }));
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      ({ path, message }) => `${name}: ${path.join(".") || "the whole"}: ${message}`,
    );
    throw usageError("bad-config", lines.join("\n"));
  }
  const { endpoints, groups, incidents } = parsed.data;
  assertNoOldEndpoint(endpoints, name);
  const routes = parsed.data.routes.map((route) => checkedRoute(route, endpoints, name));
  const unknown = Object.values(groups ?? {})
    .flat()
    .find((id) => !detectorIds.has(id));
  if (unknown !== undefined) {
    throw usageError("bad-config", `${name}: groups: there is no detector ${unknown}; see glasswatch detectors`);
  }
  const alerts = readAlertsConfig(parsed.data.alerts, { where: `${name}: alerts`, env });
  return { routes, endpoints, groups: groups ? groupsOf(groups) : defaultGroups, incidents, alerts };
}

/** Until there were alerts, what went to these queues was posted to endpoints of the same names. */
const oldEndpoints = {
  notify: "a channel of type webhook under alerts.channels, with a route to it, tells of incidents now",
  repair: "a profile's repair says now how its streams are repaired, by call-webhook too",
};

function assertNoOldEndpoint(endpoints: UpConfig["endpoints"], name: string): void {
  const lines = Object.entries(oldEndpoints)
    .filter(([endpoint]) => Object.hasOwn(endpoints, endpoint))
    .map(([endpoint, instead]) => `${name}: endpoints.${endpoint}: nothing is posted there any more: ${instead}`);
  if (lines.length > 0) throw usageError("bad-config", lines.join("\n"));
}

/** Patterns of routes may hold any text, so it is of endpoints only that `env:NAME` is a name. */
function withSecrets(config: JsonValue, source: Parameters<typeof withEnvironment>[1]): JsonValue {
  if (typeof config !== "object" || config === null || Array.isArray(config)) return config;
  const { endpoints } = config as JsonObject;
  return endpoints === undefined ? config : { ...config, endpoints: withEnvironment(endpoints, source) };
}

function parseJson(text: string, name: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw usageError("bad-config", `${name}: not JSON: ${cause instanceof Error ? cause.message : cause}`, cause);
  }
}

function checkedRoute(route: Route, endpoints: UpConfig["endpoints"], name: string): Route {
  try {
    compilePattern(route.pattern);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw usageError("bad-config", `${name}: route ${route.name}: ${message}`, cause);
  }
  if (consumerQueues.some((queue) => queue.name === route.target)) return route;
  if (endpoints[route.target]) return { ...route, target: endpointQueue(route.target) };
  const known = [...consumerQueues.map((queue) => queue.name), ...Object.keys(endpoints)].join(", ");
  throw usageError(
    "bad-config",
    `${name}: route ${route.name}: there is no target ${route.target}; there are ${known}`,
  );
}

function groupsOf(groups: Readonly<Record<string, readonly string[]>>): readonly DetectorGroup[] {
  return Object.entries(groups).map(([name, detectors]) => ({ name, detectors }));
}
