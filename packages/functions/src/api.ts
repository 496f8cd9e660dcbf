import { createApi } from "@glasswatch/api/create-api";
import { defaultGroups } from "@glasswatch/core/groups";
import { handle, type LambdaEvent } from "hono/aws-lambda";
import { alerts } from "./alerts.ts";
import { authorizedCaller } from "./authorized-caller.ts";
import { log, now, ports } from "./composition.ts";

const app = createApi({
  ports,
  authenticate: authorizedCaller,
  groups: defaultGroups.map(({ name }) => name),
  allowPrivate: false,
  // Text messages come by a topic of the account's own numbers instead.
  ...(alerts && { hooks: { slack: alerts.hooks.slack } }),
  addressOf: sourceAddress,
  now,
  onFault: (error, requestId) => log.error({ err: error, requestId }, "a request met a fault"),
});

export const handler = handle(app);

/** Of whoever called API Gateway, as that saw it: what headers say anybody can write. */
function sourceAddress(env: unknown): string {
  const { requestContext } = (env as { readonly event: LambdaEvent }).event;
  return "http" in requestContext ? requestContext.http.sourceIp : "";
}
