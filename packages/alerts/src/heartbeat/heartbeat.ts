import { sendRequest } from "@glasswatch/core/net/send-request";
import { openRows } from "@glasswatch/core/state/rows";
import type { AlertsConfig } from "../alerts-config.ts";
import type { Notice } from "../notice.ts";
import type { AlertsSetup } from "../open-alerts.ts";
import { blindnessOf } from "./blindness.ts";
import { allWell, type HeartbeatState, heartbeatStateSchema, heartbeatStep } from "./heartbeat-state.ts";
import { readWatches } from "./read-watches.ts";

const key = { partition: "heartbeat", sort: "state" };

const pingTimeoutMs = 5_000;

/** Tells people when Glasswatch itself is blind, and somebody elsewhere, each minute, that it is not. */
export function openHeartbeat(
  { minutes, pingUrl }: NonNullable<AlertsConfig["heartbeat"]>,
  { ports, now, log, allowPrivate = false }: Pick<AlertsSetup, "ports" | "now" | "log" | "allowPrivate">,
  announce: (notice: Notice) => Promise<void>,
) {
  const rows = openRows(ports.table, heartbeatStateSchema);

  /** Whoever waits for it there takes silence for the news that it is. */
  async function ping(url: string): Promise<void> {
    try {
      const { status } = await sendRequest({ method: "GET", url, timeoutMs: pingTimeoutMs, allowPrivate });
      if (status >= 300) log.warn({ status }, "the address that the heartbeat goes to does not take it");
    } catch (error) {
      log.warn({ err: error }, "the address that the heartbeat goes to cannot be reached");
    }
  }

  return {
    /** To be called each minute. @throws where somebody could not be told: they are told in the next */
    async beat(): Promise<void> {
      const [watches, queues, stored] = await Promise.all([
        readWatches(ports.table, now),
        ports.queues.state(),
        rows.get(key),
      ]);
      const at = now();
      const seen = blindnessOf({ watches, queues, now: at, minutes });
      const { state, news } = heartbeatStep(stored?.value ?? allWell, seen, { now: at, minutes });
      if (news !== null) await announce(noticeOf(news, state.notices, at));
      if (state.trouble.length > 0 || stored) await rows.change(key, () => ({ value: state }));
      if (state.told.length === 0 && pingUrl !== undefined) await ping(pingUrl);
    },
  };
}

const mostLines = 20;

function noticeOf(trouble: HeartbeatState["trouble"], count: number, at: Date): Notice {
  const facts = { key: `heartbeat:${count}`, type: "heartbeat", at } as const;
  if (trouble.length === 0) {
    return { ...facts, title: "Glasswatch sees again", lines: [], short: "OK: Glasswatch sees again." };
  }
  const more = trouble.length - mostLines;
  const lines = [...trouble.slice(0, mostLines).map(({ text }) => text), ...(more > 0 ? [`${more} more`] : [])];
  const others = trouble.length > 1 ? `; ${trouble.length - 1} more` : "";
  const title = "Glasswatch is blind";
  return { ...facts, title, lines, short: `CRITICAL: ${title}. ${trouble[0]?.text}${others}.` };
}
