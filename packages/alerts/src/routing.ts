import { isAtLeast } from "@glasswatch/core/severity";
import { isWithin } from "@glasswatch/core/weekly-window";
import type { AlertRoute } from "./alerts-config.ts";
import type { News } from "./news.ts";

/** Names of the channels that routes lead an incident to at that time; none while it is muted. */
export function channelsFor(
  { incident, streams }: Pick<News, "incident" | "streams">,
  routes: readonly AlertRoute[],
  at: Date,
): ReadonlySet<string> {
  if (incident.muted) return new Set();
  const leads = ({ severity, labels, streams: ids, kinds, when, escalation }: AlertRoute): boolean => {
    if (!isAtLeast(incident.severity, severity) || incident.escalation < escalation) return false;
    if (ids && !incident.streamIds.some((id) => ids.includes(id))) return false;
    if (kinds && !incident.parts.some((part) => part.open && !part.mutedBy && kinds.includes(part.kind))) return false;
    if (labels && !streams.some((stream) => hasLabels(stream.labels, labels))) return false;
    return when?.some((window) => isWithin(window, at)) ?? true;
  };
  return new Set(routes.filter(leads).flatMap(({ to }) => to));
}

function hasLabels(labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => Object.hasOwn(labels, name) && labels[name] === value);
}
