import { createRoute, z } from "@hono/zod-openapi";
import type { ApiApp } from "../api-env.ts";
import { needs } from "../auth/require-caller.ts";
import { jsonBody, noContent } from "../http/responses.ts";
import type { Hooks } from "./hooks.ts";

const messageSchema = z
  .strictObject({
    from: z.string().regex(/^\+[1-9]\d{6,14}$/, "expected a number in the form of E.164, such as +4915112345678"),
    text: z.string().max(1600).describe("Ten messages in one, at most."),
    messageId: z.string().min(1).max(200).describe("The same message again has the same: it is taken once."),
  })
  .meta({ id: "ReceivedSms" });

const receive = createRoute({
  method: "post",
  path: "/v1/hooks/sms",
  tags: ["hooks"],
  summary: "Pass on a text message that came in",
  description:
    "Commands of people who may give them are carried out, and answered by SMS. Whatever else it is, it is taken.",
  middleware: needs("write"),
  request: { body: jsonBody(messageSchema) },
  responses: noContent,
});

export function addSmsHook(app: ApiApp, { sms }: Hooks): void {
  if (!sms) return;
  app.openapi(receive, async (c) => {
    await sms(c.req.valid("json"));
    return c.body(null, 204);
  });
}
