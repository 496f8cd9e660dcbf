import type { Actor } from "@glasswatch/core/actor";
import type { Command } from "@glasswatch/core/command";
import type { Incident } from "@glasswatch/core/incident";
import { openCommands } from "@glasswatch/core/state/commands";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { z } from "zod";
import type { AlertsSetup } from "../open-alerts.ts";
import { actionIds, buttonValueSchema } from "./buttons.ts";
import { commandIdOf } from "./command-id.ts";
import { isSignedBy } from "./signature.ts";
import { openStorms } from "./storms.ts";

/** The parts of a `block_actions` payload that say who pressed what. */
const payloadSchema = z.object({
  type: z.literal("block_actions"),
  user: z.object({ id: z.string().min(1), name: z.string().optional(), username: z.string().optional() }),
  actions: z.array(
    z.object({
      action_id: z.enum(actionIds),
      action_ts: z.string().min(1),
      value: z.string().transform(parseJson).pipe(buttonValueSchema),
    }),
  ),
});

type Press = z.infer<typeof payloadSchema>["actions"][number];

const silenceMinutes = 60;

/**
 * Takes the buttons that people pressed. Slack wants an answer within 3 s: the commands are stored and told, and done by others.
 * 401 for what no app of the configuration signed; 200 without effect for what is signed and not one of our buttons.
 */
export function openInteractions({ config, ports, now }: Pick<AlertsSetup, "config" | "ports" | "now">) {
  const { table } = ports;
  const commands = openCommands(table, now);
  const incidents = openIncidents(table);
  const secrets = [
    ...new Set(
      Object.values(config.channels).flatMap((channel) => (channel.type === "slack" ? channel.signingSecret : [])),
    ),
  ];

  /** What it means for each incident that it is about. */
  async function commandsOf({ action_id: id, value }: Press): Promise<readonly (readonly [Command, Incident])[]> {
    if ("storm" in value) return id === "acknowledge-all" ? acknowledgeAll(value) : [];
    const { incidentId, repairId } = value;
    const incident = await incidents.get(incidentId);
    if (!incident) return [];
    switch (id) {
      case "acknowledge":
      case "repair":
      case "not-a-defect":
        return [[{ name: id, incidentId }, incident]];
      case "silence":
        return [[{ name: "silence", streamIds: incident.streamIds, minutes: silenceMinutes }, incident]];
      case "approve-repair":
      case "reject-repair":
        return repairId === undefined ? [] : [[{ name: id, repairId }, incident]];
      case "acknowledge-all":
        return [];
    }
  }

  async function acknowledgeAll({ channel, storm }: { readonly channel: string; readonly storm: string }) {
    const page = await openStorms(channel, config.storm, { table, now }).page(storm);
    const open = page?.entries.filter(({ status }) => status === "open") ?? [];
    const found = await Promise.all(open.map(({ incidentId }) => incidents.get(incidentId)));
    return found.flatMap((incident) =>
      incident?.status === "open" ? [[{ name: "acknowledge", incidentId: incident.id }, incident] as const] : [],
    );
  }

  async function receive(press: Press, by: Actor, userId: string): Promise<void> {
    const { action_ts: actionTs, action_id: actionId } = press;
    const pressed = await commandsOf(press);
    await Promise.all(
      pressed.map(([command, { id: incidentId, streamId }]) => {
        const id = commandIdOf({ actionTs, userId, actionId, incidentId });
        return commands.receive({ id, command, by, replyTo: null }, streamId);
      }),
    );
  }

  return async (request: Request): Promise<Response> => {
    const body = await request.text();
    const signed = {
      body,
      timestamp: request.headers.get("x-slack-request-timestamp") ?? "",
      signature: request.headers.get("x-slack-signature") ?? "",
    };
    if (!secrets.some((secret) => isSignedBy(secret, signed, now()))) return new Response(null, { status: 401 });
    const payload = payloadSchema.safeParse(parseJson(new URLSearchParams(body).get("payload") ?? ""));
    if (payload.success) {
      const { user, actions } = payload.data;
      const by = { via: "slack" as const, name: (user.name || user.username || user.id).slice(0, 80) };
      await Promise.all(actions.map((press) => receive(press, by, user.id)));
    }
    return new Response(null, { status: 200 });
  };
}

/** Undefined for what is no JSON, which no schema takes. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
