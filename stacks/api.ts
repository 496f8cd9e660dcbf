import { lambda } from "./functions.ts";
import { operateQueues, useEvidence, useState } from "./permissions.ts";
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

const handler = lambda("api", { permissions: [useState, ...useEvidence, ...operateQueues], timeoutSeconds: 20 });

api.route("GET /v1/health", handler.arn);
api.route("$default", handler.arn, { auth: authorization() });

/** Without credentials nothing answers but health. */
function authorization(): sst.aws.ApiGatewayV2RouteArgs["auth"] {
  if (!tokenIssuer) return { iam: true };
  const { id } = api.addAuthorizer({ name: "tokens", jwt: { ...tokenIssuer } });
  return { jwt: { authorizer: id } };
}
