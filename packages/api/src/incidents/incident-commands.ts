import type { Command } from "@glasswatch/core/command";
import type { Incident } from "@glasswatch/core/incident";
import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { needs } from "../auth/require-caller.ts";
import { commandViewSchema } from "../commands/command-view.ts";
import { giveCommand, notNow, whereTold } from "../commands/give-command.ts";
import { givenIdParam } from "../http/id-param.ts";
import { idempotencyHeader } from "../http/once.ts";
import { jsonOrNothing, optionalJsonBody } from "../http/optional-body.ts";
import { notFound } from "../http/problem-error.ts";
import { answers, jsonBody } from "../http/responses.ts";
import { kindSchema, minutesSchema } from "../silences/silence-schemas.ts";

const nothing = z.strictObject({});

const acknowledgement = z.strictObject({
  minutes: minutesSchema.optional().describe("For so long; until it is resolved, unless given."),
});

const silencing = z.strictObject({
  minutes: minutesSchema,
  kinds: z.array(kindSchema).min(1).max(100).optional().describe("All kinds, unless given."),
});

const repairing = z.strictObject({
  action: z.string().min(1).max(100).optional().describe("Id of the action; else the first that the profile has."),
});

/** What people tell Glasswatch to do about an incident. */
export function addIncidentCommands(app: ApiApp, parts: ApiParts): void {
  add(app, parts, "acknowledge", {
    summary: "Somebody is at it: nobody else is told",
    schema: acknowledgement,
    refusal: isOver,
    command: ({ id }, { minutes }) => ({
      ...{ name: "acknowledge", incidentId: id },
      ...(minutes !== undefined && { minutes }),
    }),
  });
  add(app, parts, "resolve", {
    summary: "It is over",
    schema: nothing,
    refusal: isOver,
    command: ({ id }) => ({ name: "resolve", incidentId: id }),
  });
  add(app, parts, "reopen", {
    summary: "It is not over",
    schema: nothing,
    refusal: ({ status }) => (status === "resolved" ? null : `is ${status}, not resolved`),
    command: ({ id }) => ({ name: "reopen", incidentId: id }),
  });
  add(app, parts, "not-a-defect", {
    summary: "What it is about is no defect: it is over, and its findings are marked",
    schema: nothing,
    refusal: () => null,
    command: ({ id }) => ({ name: "not-a-defect", incidentId: id }),
  });
  add(app, parts, "silence", {
    summary: "Tell nobody of its streams for a while",
    schema: silencing,
    bodyIsRequired: true,
    refusal: () => null,
    command: ({ streamIds }, { minutes, kinds }) => ({
      ...{ name: "silence", streamIds, minutes },
      ...(kinds !== undefined && { kinds }),
    }),
  });
  add(app, parts, "repair", {
    summary: "Begin a repair",
    schema: repairing,
    refusal: isOver,
    command: ({ id }, { action }) => ({
      ...{ name: "repair", incidentId: id },
      ...(action !== undefined && { action }),
    }),
  });
}

interface Verb<Asked> {
  readonly summary: string;
  readonly schema: z.ZodType<Asked>;
  /** Unless given, the body may be left out, as may all of its members. */
  readonly bodyIsRequired?: true;
  /** Why it cannot be done as the incident stands; null where it can. */
  readonly refusal: (incident: Incident) => string | null;
  readonly command: (incident: Incident, asked: Asked) => Command;
}

function add<Asked>(
  app: ApiApp,
  parts: ApiParts,
  verb: string,
  { summary, schema, bodyIsRequired, refusal, command }: Verb<Asked>,
): void {
  const anySchema: z.ZodType = schema;
  const route = createRoute({
    method: "post",
    path: `/v1/incidents/{id}/${verb}`,
    tags: ["incidents"],
    summary,
    middleware: [needs("write"), jsonOrNothing] as const,
    request: {
      ...{ params: givenIdParam, headers: idempotencyHeader },
      body: bodyIsRequired ? jsonBody(anySchema) : optionalJsonBody(anySchema),
    },
    responses: answers(202, "The command. What became of it is at its address, in `Location`.", commandViewSchema),
  });

  app.openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    const asked = schema.parse(c.req.valid("json"));
    const view = await giveCommand(parts, c, asked, async () => {
      const incident = await parts.incidents.get(id);
      if (!incident) throw notFound(`incident ${id}`);
      const refused = refusal(incident);
      if (refused !== null) throw notNow(`incident ${incident.number} ${refused}`);
      return { command: command(incident, asked), streamId: incident.streamId };
    });
    return c.json(view, 202, whereTold(view));
  });
}

function isOver({ status }: Incident): string | null {
  return status === "resolved" ? "is resolved; reopen it first" : null;
}
