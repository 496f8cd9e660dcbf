import { type Alerts, openAlerts } from "@glasswatch/alerts/open-alerts";
import { readAlertsConfig } from "@glasswatch/alerts/read-alerts-config";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { readEvent } from "@glasswatch/core/events/read-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Incident } from "@glasswatch/core/incident";
import type { JsonValue } from "@glasswatch/core/json";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { onTestFinished, vi } from "vitest";
import { type FakeSlack, startFakeSlack } from "./fake-slack.ts";
import { emptyFolder, opened } from "./opened-embedded.ts";

export interface AlertsWorldOptions {
  /** Beside a channel `ops` of Slack and a route of all that is major to it. */
  readonly config?: Readonly<Record<string, JsonValue>>;
}

/** Alerts as they are run: events go over a real bus and queue, time-outs are real timers by a clock that the test sets. */
export async function openAlertsWorld({ config = {} }: AlertsWorldOptions = {}) {
  const slack = await startFakeSlack();
  onTestFinished(() => slack.close());
  const folder = await emptyFolder();
  let time = Date.parse("2030-01-01T00:00:10.000Z");
  const now = () => new Date(time);
  const errors: unknown[] = [];
  let running = await start();

  async function start() {
    const ports = await opened({ folder, now });
    const alerts = openAlerts({
      ...{ config: configOf(slack, config), ports, now, titleOf },
      ...{ sms: { send: async () => {} }, log: { info() {}, warn() {} } },
    });
    ports.queues.consume(
      "work",
      async ({ body }) => {
        const event = readEvent(body);
        if (event) await alerts.handle(event);
      },
      { concurrency: 4, onError: (error) => errors.push(error) },
    );
    return { ports, alerts };
  }

  return {
    slack,
    now,
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
      // A new timer has the others looked at, at once.
      await running.ports.timers.at("-", new Date("2999-01-01T00:00:00.000Z"), timer);
    },
    /** The process ends, however far it is, and another one goes on with what is in the folder. */
    async restart(): Promise<void> {
      await running.ports.close();
      running = await start();
    },
    /** Until every event was handled, and none waits to be tried again. */
    async settled(): Promise<void> {
      await vi.waitFor(
        async () => {
          const state = (await running.ports.queues.state()).find(({ queue }) => queue === "work");
          if (!state || state.waiting + state.inFlight > 0) throw new Error("events wait");
        },
        { timeout: 30_000, interval: 20 },
      );
    },
  };
}

const timer = makeEvent({
  ...{ detailType: "timer.due", streamId: "-", entityId: "-", revision: 1, occurredAt: new Date(0) },
  ...{ traceparent: openTrace(), data: { owner: "alerts", id: "-", what: "-" } },
});

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

function titleOf(kind: string): string {
  return `${kind.slice(0, 1).toUpperCase()}${kind.slice(1).replaceAll("-", " ")}`;
}

export type AlertsWorld = Awaited<ReturnType<typeof openAlertsWorld>>;
