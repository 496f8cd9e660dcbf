import type { Incident, IncidentChange } from "@glasswatch/core/incident";
import { openDeliveries } from "@glasswatch/core/state/deliveries";
import type { ChannelConfig } from "../alerts-config.ts";
import type { Channel, ChannelContext } from "../channel.ts";
import { type CloudEvent, cloudEvent } from "./cloud-event.ts";
import { postCloudEvent } from "./post-cloud-event.ts";
import { openToldVersions } from "./told-versions.ts";

type WebhookConfig = Extract<ChannelConfig, { readonly type: "webhook" }>;

/** Posts every change of an incident, once a version of it: the way to every other tool. */
export function openWebhookChannel({ url, secret, allowPrivate }: WebhookConfig, context: ChannelContext): Channel {
  const { name, now } = context;
  const versions = openToldVersions(context.ports.table, now);
  const deliveries = openDeliveries(context.ports.table, now);
  const endpoint = { url, secret, allowPrivate: allowPrivate || context.allowPrivate === true };

  return {
    name,
    async tell({ incident }, wanted) {
      const { id, version } = incident;
      const post = () => postCloudEvent(incidentEvent(incident), endpoint);
      await versions.once({ receiver: name, id, version, begins: wanted }, post);
    },
    async due() {},
    async announce({ key, type, at, title, lines }) {
      const event = cloudEvent({ id: key, type, time: at.toISOString(), subject: "-", data: { title, lines } });
      const delivery = { "detail-type": type, detail: { idempotencyKey: key } };
      await deliveries.once(name, delivery, () => postCloudEvent(event, endpoint));
    },
    async test() {
      const facts = { id: `test-${crypto.randomUUID()}:1`, type: "test", time: now().toISOString(), subject: "-" };
      const data = { text: `A test of alerts to ${name}. Nothing is wrong.` };
      await postCloudEvent(cloudEvent({ ...facts, data }), endpoint);
    },
  };
}

/** The event that tells the incident as it stands now. */
function incidentEvent(incident: Incident): CloudEvent {
  const { id, version, streamId: subject, openedAt, history } = incident;
  const { what, at: time } = history.at(-1) ?? { what: "opened", at: openedAt };
  return cloudEvent({ id: `${id}:${version}`, type: typeOf(incident, what), time, subject, data: incident });
}

function typeOf({ version, status }: Incident, what: IncidentChange["what"]): string {
  if (version === 1) return "incident.opened";
  if (status === "resolved") return "incident.resolved";
  return what === "acknowledged" ? "incident.acknowledged" : "incident.updated";
}
