import type { CommandAnswer } from "@glasswatch/core/command";
import type { Event, EventOf } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Incident } from "@glasswatch/core/incident";
import type { Ports } from "@glasswatch/core/ports/ports";
import type { Sms } from "@glasswatch/core/ports/sms";
import { openIncidentLinks } from "@glasswatch/core/state/incident-links";
import { openIncidents } from "@glasswatch/core/state/incidents";
import type { AlertsConfig } from "./alerts-config.ts";
import type { ChannelContext } from "./channel.ts";
import { openDigest } from "./digest/digest.ts";
import { gatherNews } from "./gather-news.ts";
import { openHeartbeat } from "./heartbeat/heartbeat.ts";
import { openLinks } from "./links.ts";
import type { Notice } from "./notice.ts";
import { openChannel } from "./open-channel.ts";
import { channelsFor } from "./routing.ts";
import { openInteractions } from "./slack/interactions.ts";
import { openSmsCommands, type ReceivedSms } from "./sms/receive-sms.ts";

/** As pino has it. */
export interface AlertsLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface AlertsSetup {
  readonly config: AlertsConfig;
  readonly ports: Pick<Ports, "table" | "blobs" | "timers" | "queues">;
  readonly sms: Sms;
  /** Admits webhooks at loopback and private addresses, whatever their own configuration says. Not, unless it is said. */
  readonly allowPrivate?: boolean;
  readonly now: () => Date;
  /** What people call a kind of defect: `Frozen picture`. */
  readonly titleOf: (kind: string) => string;
  readonly log: AlertsLog;
}

/** Tells people of incidents, and takes what they say back. */
export interface Alerts {
  /** Takes an event of the queue `notify`. @throws where somebody could not be told: the event is to be handled again */
  handle(event: Event): Promise<void>;
  /** To be called each minute: a digest may be due, and it is looked whether Glasswatch sees. @throws as `handle` */
  tick(): Promise<void>;
  /** Requests of others, which prove by their signature who they are. */
  readonly hooks: {
    /** Buttons of Slack's messages. 401 for what no app of the configuration signed; its body is read as it came. */
    slack(request: Request): Promise<Response>;
    /** Text messages of people, which whoever passes them on vouches for. */
    sms(message: ReceivedSms): Promise<void>;
  };
  /** Sends a message that says that it is a test. @returns what became of it, by the names of channels; null where it was sent */
  test(): Promise<Readonly<Record<string, string | null>>>;
}

export function openAlerts(setup: AlertsSetup): Alerts {
  const { config, ports, now } = setup;
  const incidents = openIncidents(ports.table);
  const links = openLinks(config, openIncidentLinks(ports.table, now), now);
  const smsCommands = openSmsCommands(setup);
  const channels = new Map(
    Object.entries(config.channels).map(([name, channel]) => [name, openChannel(channel, contextOf(name))]),
  );

  const announceTo = (to: readonly string[]) => (notice: Notice) =>
    all(to.flatMap((name) => channels.get(name)?.announce(notice) ?? []));
  const digest = config.digest && openDigest(config.digest, setup, announceTo(config.digest.to));
  const heartbeat = config.heartbeat && openHeartbeat(config.heartbeat, setup, announceTo(config.heartbeat.to));

  function contextOf(name: string): ChannelContext {
    return {
      ...{ ...setup, name, links },
      async latest(incidentId) {
        const incident = await incidents.get(incidentId);
        return incident && newsOf(incident, name);
      },
      async remind(what, id, at) {
        await ports.timers.at(`alerts/${name}/${what}/${id}`, at, timerEvent(`${name}/${what}`, id, now()));
      },
    };
  }

  async function newsOf(incident: Incident, name: string) {
    const change = incident.history.at(-1);
    if (!change) throw new RangeError(`incident ${incident.id} has no history`);
    const news = await gatherNews(incident, change, ports);
    return { news, wanted: channelsFor(news, config.routes, now()).has(name) };
  }

  async function tell({ detail: { data: told } }: IncidentEvent): Promise<void> {
    const stored = await incidents.get(told.id);
    const incident = stored && stored.version > told.version ? stored : told;
    const change = told.history.at(-1);
    if (!change || channels.size === 0) return;
    const news = await gatherNews(incident, change, ports);
    const wanted = channelsFor(news, config.routes, now());
    await all([...channels.values()].map((channel) => channel.tell(news, wanted.has(channel.name))));
  }

  async function answer(answered: CommandAnswer): Promise<void> {
    const told = [...channels.values()].map((channel) => channel.answered?.(answered));
    await all([smsCommands.answer(answered), ...told]);
  }

  async function due({ detail: { data } }: EventOf<"timer.due">): Promise<void> {
    const [name = "", ...what] = data.what.split("/");
    await channels.get(name)?.due(what.join("/"), data.id);
  }

  return {
    async handle(event) {
      switch (event["detail-type"]) {
        case "incident.opened":
        case "incident.updated":
        case "incident.acknowledged":
        case "incident.resolved":
          return tell(event);
        case "command.answered":
          return answer(event.detail.data);
        case "timer.due":
          return event.detail.data.owner === "alerts" ? due(event) : undefined;
      }
    },
    tick: () => all([digest?.look(), heartbeat?.beat()]),
    hooks: { slack: openInteractions(setup), sms: smsCommands.receive },
    async test() {
      const told = [...channels.values()].map(async ({ name, test }) => {
        const problem = await test().then(
          () => null,
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        );
        return [name, problem] as const;
      });
      return Object.fromEntries(await Promise.all(told));
    },
  };
}

type IncidentEvent = EventOf<"incident.opened" | "incident.updated" | "incident.acknowledged" | "incident.resolved">;

/** One that fails keeps none of the others from being told. */
async function all(work: readonly (Promise<void> | undefined)[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}

function timerEvent(what: string, id: string, now: Date): Event {
  const facts = { streamId: "-", entityId: crypto.randomUUID(), revision: 1, occurredAt: now };
  return makeEvent({
    ...{ detailType: "timer.due", ...facts, traceparent: openTrace() },
    data: { owner: "alerts", id, what },
  });
}
