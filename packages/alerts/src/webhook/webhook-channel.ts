import type { Incident, IncidentChange } from "@glasswatch/core/incident";
import type { ChannelConfig } from "../alerts-config.ts";
import type { Channel, ChannelContext } from "../channel.ts";
import { cloudEvent } from "./cloud-event.ts";
import { postCloudEvent } from "./post-cloud-event.ts";
import { openToldVersions } from "./told-versions.ts";

type WebhookConfig = Extract<ChannelConfig, { readonly type: "webhook" }>;

/** Posts every change of an incident, once a version of it: the way to every other tool. */
export function openWebhookChannel({ url, secret, allowPrivate }: WebhookConfig, context: ChannelContext): Channel {
  const { name, now } = context;
  const versions = openToldVersions(context.ports.table, now);
  const endpoint = { url, secret, allowPrivate: allowPrivate || context.allowPrivate === true };

  return {
    name,
    async tell({ incident, change }, wanted) {
      const { id, version, streamId: subject } = incident;
      const post = () =>
        postCloudEvent(
          cloudEvent({
            ...{ id: `${id}:${version}`, type: typeOf(incident, change), time: change.at, subject, data: incident },
          }),
          endpoint,
        );
      await versions.once({ receiver: name, id, version, begins: wanted }, post);
    },
    async due() {},
    async announce({ key, type, at, title, lines }) {
      const facts = { id: key, type, time: at.toISOString(), subject: "-" };
      await postCloudEvent(cloudEvent({ ...facts, data: { title, lines } }), endpoint);
    },
    async test() {
      const facts = { id: `test-${crypto.randomUUID()}:1`, type: "test", time: now().toISOString(), subject: "-" };
      const data = { text: `A test of alerts to ${name}. Nothing is wrong.` };
      await postCloudEvent(cloudEvent({ ...facts, data }), endpoint);
    },
  };
}

/** Of the event that tells the incident as it stands now. */
function typeOf({ version, status }: Incident, { what }: IncidentChange): string {
  if (version === 1) return "incident.opened";
  if (status === "resolved") return "incident.resolved";
  return what === "acknowledged" ? "incident.acknowledged" : "incident.updated";
}
