import { severitySchema } from "@glasswatch/core/severity";
import { weeklyWindowSchema } from "@glasswatch/core/weekly-window";
import { z } from "zod";
import { webhookSecretSchema } from "./webhook/secret.ts";

const nameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "expected a name of small letters, digits and hyphens");

const httpUrl = z.url({ protocol: /^https?$/, error: "expected an address that begins with https:// or http://" });

const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected a time of day as HH:MM");

const slackSchema = z.strictObject({
  type: z.literal("slack"),
  /** Of the app: `xoxb-…`. */
  botToken: z.string().min(1),
  /** Of the app: what it signs its requests with. */
  signingSecret: z.string().min(1),
  /** Id of the channel (`C0123456789`) that the app is a member of. */
  channel: z.string().min(1),
  apiUrl: httpUrl.default("https://slack.com/api/"),
});

const smsSchema = z.strictObject({
  type: z.literal("sms"),
  /** Who is told, of `people`. */
  people: z.array(nameSchema).min(1),
  /** News of so long go into one message. */
  bundleMinutes: z.number().nonnegative().default(2),
});

const webhookSchema = z.strictObject({
  type: z.literal("webhook"),
  url: httpUrl,
  /** What requests are signed with, as Standard Webhooks has it: `whsec_` and base64. */
  secret: webhookSecretSchema,
  /** Admits loopback and private addresses. */
  allowPrivate: z.boolean().default(false),
});

const channelSchema = z.discriminatedUnion("type", [slackSchema, smsSchema, webhookSchema]);

const personSchema = z.strictObject({
  phone: z.string().regex(/^\+[1-9]\d{6,14}$/, "expected a number in the form of E.164, such as +4915112345678"),
  /** Told only of what is critical then; of the rest at their end. */
  quietHours: weeklyWindowSchema.optional(),
  /** Told of what is critical in quiet hours all the same. */
  criticalAlways: z.boolean().default(true),
  mostPerHour: z.int().positive().default(20),
  /** Whether text messages of this person are commands. */
  mayCommand: z.boolean().default(false),
});

/** Who is told of which incidents. All that is given has to be so. */
const routeSchema = z.strictObject({
  name: nameSchema,
  /** From this severity on. */
  severity: severitySchema.default("major"),
  /** Labels of one of its streams. */
  labels: z.record(z.string(), z.string()).optional(),
  /** Ids of streams, of which it is about one. */
  streams: z.array(z.string()).min(1).optional(),
  /** Kinds of defects, of which one is open and not muted. */
  kinds: z.array(z.string()).min(1).optional(),
  /** In one of these windows only. */
  when: z.array(weeklyWindowSchema).min(1).optional(),
  /** Names of channels. */
  to: z.array(nameSchema).min(1),
  /** Only once it was passed on so often, as nobody acknowledged it. */
  escalation: z.int().nonnegative().default(0),
});

const stormSchema = z.strictObject({
  /** New messages of a channel in a minute; what comes beyond that shares one. */
  messagesPerMinute: z.int().positive().default(5),
  /** Over once nothing new has come for so long. */
  quietMinutes: z.number().positive().default(2),
});

const digestSchema = z.strictObject({
  at: clockSchema,
  timeZone: weeklyWindowSchema.shape.timeZone,
  to: z.array(nameSchema).min(1),
});

/** Tells people when Glasswatch itself is blind: streams that nobody has watched for so long. */
const heartbeatSchema = z.strictObject({
  minutes: z.number().positive().default(5),
  to: z.array(nameSchema).min(1),
  /** Fetched each minute for as long as Glasswatch is well: whoever listens there notices its silence. */
  pingUrl: httpUrl.optional(),
});

const shapeSchema = z.strictObject({
  /** Where people reach this deployment, for links. */
  publicUrl: httpUrl.optional(),
  channels: z.record(nameSchema, channelSchema).default({}),
  people: z.record(nameSchema, personSchema).default({}),
  routes: z.array(routeSchema).default([]),
  storm: stormSchema.default(stormSchema.parse({})),
  digest: digestSchema.optional(),
  heartbeat: heartbeatSchema.optional(),
});

/** Who is told what, and how: `alerts` of a folder's `config.json`, and the secret `Alerts` on AWS. Nobody is, by default. */
export const alertsConfigSchema = shapeSchema.superRefine(
  ({ channels, people, routes, digest, heartbeat }, context) => {
    const refuse = (path: (string | number)[], what: string, name: string, known: object) => {
      const names = Object.keys(known).join(", ") || "none";
      context.addIssue({ code: "custom", path, message: `there is no ${what} ${name}; there are: ${names}` });
    };
    const checkChannels = (path: (string | number)[], to: readonly string[]) => {
      for (const [index, name] of to.entries()) {
        if (!Object.hasOwn(channels, name)) refuse([...path, index], "channel", name, channels);
      }
    };
    for (const [index, { to }] of routes.entries()) checkChannels(["routes", index, "to"], to);
    if (digest) checkChannels(["digest", "to"], digest.to);
    if (heartbeat) checkChannels(["heartbeat", "to"], heartbeat.to);
    for (const [name, channel] of Object.entries(channels)) {
      if (channel.type !== "sms") continue;
      for (const [index, person] of channel.people.entries()) {
        if (!Object.hasOwn(people, person)) refuse(["channels", name, "people", index], "person", person, people);
      }
    }
  },
);

export type AlertsConfig = z.infer<typeof alertsConfigSchema>;

export type ChannelConfig = AlertsConfig["channels"][string];

export type AlertRoute = AlertsConfig["routes"][number];

export type Person = AlertsConfig["people"][string];
