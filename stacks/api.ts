import { lambda } from "./functions.ts";
import { operateQueues, useEvidence, useState } from "./permissions.ts";
import { alerts } from "./secrets.ts";
import { requestRate, tokenIssuer } from "./settings.ts";

export const api = new sst.aws.ApiGatewayV2("Api", {
  cors: false,
  accessLog: { retention: "1 month" },
  transform: {
    stage: {
      defaultRouteSettings: { throttlingRateLimit: requestRate.steady, throttlingBurstLimit: requestRate.burst },
    },
  },
});

const handler = lambda("api", {
  permissions: [useState, ...useEvidence, ...operateQueues],
  secrets: [alerts],
  timeoutSeconds: 20,
});

api.route("GET /v1/health", handler.arn);
// Slack has no credentials of this account. It signs what it sends, which is looked at before anything else.
api.route("POST /v1/hooks/slack", handler.arn);
// Pages for people who were told of an incident: the signature is in the address.
api.route("GET /i/{proxy+}", handler.arn);
api.route("$default", handler.arn, { auth: authorization() });

/** Without credentials nothing answers but health, and what is signed. */
function authorization(): sst.aws.ApiGatewayV2RouteArgs["auth"] {
  if (!tokenIssuer) return { iam: true };
  const { id } = api.addAuthorizer({ name: "tokens", jwt: { ...tokenIssuer } });
  return { jwt: { authorizer: id } };
}
