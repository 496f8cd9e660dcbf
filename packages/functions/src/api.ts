import { createApi } from "@glasswatch/api/create-api";
import { defaultGroups } from "@glasswatch/core/groups";
import { handle } from "hono/aws-lambda";
import { authorizedCaller } from "./authorized-caller.ts";
import { log, now, ports } from "./composition.ts";

const app = createApi({
  ports,
  authenticate: authorizedCaller,
  groups: defaultGroups.map(({ name }) => name),
  allowPrivate: false,
  now,
  onFault: (error, requestId) => log.error({ err: error, requestId }, "a request met a fault"),
});

export const handler = handle(app);
