import { type Alerts, openAlerts } from "@glasswatch/alerts/open-alerts";
import { readAlertsConfig } from "@glasswatch/alerts/read-alerts-config";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { readEvent } from "@glasswatch/core/events/read-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Incident } from "@glasswatch/core/incident";
import type { JsonValue } from "@glasswatch/core/json";
import { detectQueue } from "@glasswatch/core/queues";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { openEmbedded } from "@glasswatch/embedded/open-embedded";
import { type FakeSlack, startFakeSlack } from "./fake-slack.ts";

export interface AlertsWorldOptions {
  /** Where its state is kept. */
  readonly folder: string;
  /** Beside a channel `ops` of Slack and a route of all that is major to it. */
  readonly config?: Readonly<Record<string, JsonValue>>;
  readonly titleOf?: (kind: string) => string;
}

export type AlertsWorld = Awaited<ReturnType<typeof startAlertsWorld>>;

const queue = "notify";
const mostMs = 30_000;

/** Alerts as they are run: events go over a real bus and queue, time-outs are real timers by a clock that its user sets. */
export async function startAlertsWorld({ folder, config = {}, titleOf = titleOfId }: AlertsWorldOptions) {
  const slack = await startFakeSlack();
  let time = Date.parse("2030-01-01T00:00:10.000Z");
  const now = () => new Date(time);
  const errors: unknown[] = [];
  const messages: { readonly to: string; readonly text: string }[] = [];
  let rings = 0;
  let running = await start();

  async function start() {
    const queues = [{ name: queue, purpose: "alerts", visibilitySeconds: 30, tries: 8 }, detectQueue("all")];
    const routes = [{ name: "all", pattern: { source: ["glasswatch"] }, target: queue }];
    const ports = await openEmbedded({ folder, queues, routes, now });
    const alerts = openAlerts({
      ...{ config: configOf(slack, config), ports, now, titleOf, allowPrivate: true },
      ...{ sms: { send: async (to, text) => void messages.push({ to, text }) }, log: { info() {}, warn() {} } },
    });
    ports.queues.consume(
      queue,
      async ({ body }) => {
        const event = readEvent(body);
        if (event) await alerts.handle(event);
        if (event?.detail.idempotencyKey === passed.detail.idempotencyKey) rings++;
      },
      { concurrency: 4, onError: (error) => errors.push(error) },
    );
    return { ports, alerts };
  }

  return {
    slack,
    now,
    /** Text messages, in the order in which they were sent. */
    messages,
    /** What was thrown where an event was handled: it comes again. */
    errors,
    get alerts(): Alerts {
      return running.alerts;
    },
    get ports() {
      return running.ports;
    },
    /** Stores the incident as it is now, which tells it. */
    async tell(incident: Incident): Promise<void> {
      const { id: entityId, streamId, version: revision } = incident;
      const facts = { streamId, entityId, revision, occurredAt: now(), traceparent: openTrace() };
      const detailType = incident.version === 1 ? "incident.opened" : "incident.updated";
      const event = makeEvent({ ...facts, detailType, data: incident });
      await openIncidents(running.ports.table).change(incident.id, () => ({ incident, events: [event] }));
    },
    /** Time passes, and what is due is told. */
    async pass(seconds: number): Promise<void> {
      time += seconds * 1000;
      // Timers are told in the order in which they are due: once this one was handled, the others are in the queue.
      const before = rings;
      await running.ports.timers.at("passed", now(), passed);
      await until(() => rings > before, "timers wait");
    },
    /** The process ends, however far it is, and another one goes on with what is in the folder. */
    async restart(): Promise<void> {
      await running.ports.close();
      running = await start();
    },
    /** Until every event was handled, and none waits to be tried again. */
    async settled(): Promise<void> {
      await until(async () => {
        const state = (await running.ports.queues.state()).find((each) => each.queue === queue);
        return state?.waiting === 0 && state.inFlight === 0;
      }, "events wait");
    },
    async close(): Promise<void> {
      await running.ports.close();
      await slack.close();
    },
  };
}

const passed = makeEvent({
  ...{ detailType: "timer.due", streamId: "-", entityId: "-", revision: 1, occurredAt: new Date(0) },
  ...{ traceparent: openTrace(), data: { owner: "alerts", id: "-", what: "-" } },
});

async function until(holds: () => boolean | Promise<boolean>, otherwise: string): Promise<void> {
  for (const sinceMs = performance.now(); !(await holds()); await new Promise((resolve) => setTimeout(resolve, 5))) {
    if (performance.now() - sinceMs > mostMs) throw new Error(otherwise);
  }
}

function configOf(slack: FakeSlack, config: Readonly<Record<string, JsonValue>>) {
  const { botToken, signingSecret, channel, apiUrl } = slack;
  const value = {
    publicUrl: "https://glasswatch.example",
    channels: { ops: { type: "slack", botToken, signingSecret, channel, apiUrl } },
    routes: [{ name: "all", to: ["ops"] }],
    ...config,
  };
  return readAlertsConfig(value, { where: "config", env: {} });
}

function titleOfId(kind: string): string {
  return `${kind.slice(0, 1).toUpperCase()}${kind.slice(1).replaceAll("-", " ")}`;
}
