import type { Incident } from "@glasswatch/core/incident";
import { pagesOf } from "@glasswatch/core/ports/pages";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { openRows } from "@glasswatch/core/state/rows";
import { openStreams } from "@glasswatch/core/state/streams";
import { type WeeklyWindow, weekdays, windowEnd } from "@glasswatch/core/weekly-window";
import { z } from "zod";
import type { AlertsConfig } from "../alerts-config.ts";
import type { Notice } from "../notice.ts";
import type { AlertsSetup } from "../open-alerts.ts";
import { digestNotice } from "./digest-notice.ts";

type DigestConfig = NonNullable<AlertsConfig["digest"]>;

const stateSchema = z.object({ toldUntil: z.iso.datetime() });

const key = { partition: "digest", sort: "state" };

const hourMs = 3_600_000;

/** Tells once a day, at a time of the place's clocks, what has happened since the time before. */
export function openDigest(
  config: DigestConfig,
  { ports: { table }, now }: Pick<AlertsSetup, "ports" | "now">,
  announce: (notice: Notice) => Promise<void>,
) {
  const rows = openRows(table, stateSchema);
  const incidents = openIncidents(table);

  /** All that are open, and those that were opened or resolved since then. */
  async function incidentsSince(from: string): Promise<readonly Incident[]> {
    const found = new Map<string, Incident>();
    for await (const page of pagesOf(incidents.listOpen)) for (const each of page) found.set(each.id, each);
    // Of what was open for longer than a week, that it was resolved is left out.
    const earliest = new Date(Date.parse(from) - 7 * 24 * hourMs).toISOString();
    for await (const page of pagesOf((request) => incidents.list({ ...request, descending: true }))) {
      for (const each of page) found.set(each.id, each);
      if (page.some(({ openedAt }) => openedAt < earliest)) break;
    }
    return [...found.values()];
  }

  async function namesOf(about: readonly Incident[]): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(about.map(({ streamId }) => streamId))];
    const streams = await Promise.all(ids.map((id) => openStreams(table).get(id)));
    return new Map(streams.flatMap((stored) => (stored ? [[stored.value.id, stored.value.name] as const] : [])));
  }

  return {
    /** To be called each minute. @throws where somebody could not be told: they are told in the next */
    async look(): Promise<void> {
      const until = latestTime(config, now()).toISOString();
      const stored = await rows.get(key);
      if (stored && stored.value.toldUntil >= until) return;
      // Of the time before there was a digest nothing is told.
      if (stored) {
        const from = stored.value.toldUntil;
        const about = await incidentsSince(from);
        await announce(digestNotice({ incidents: about, names: await namesOf(about), from, until }));
      }
      await rows.change(key, () => ({ value: { toldUntil: until } }));
    },
  };
}

/** The last time that the clocks showed it. */
export function latestTime({ at, timeZone }: Pick<DigestConfig, "at" | "timeZone">, now: Date): Date {
  const day: WeeklyWindow = { days: [...weekdays], from: at, to: at, timeZone };
  let latest = windowEnd(day, new Date(now.getTime() - 50 * hourMs));
  for (let next = windowEnd(day, latest); next <= now; next = windowEnd(day, latest)) latest = next;
  return latest;
}
