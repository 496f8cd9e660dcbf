import { isProduction } from "./settings.ts";

/** Streams, leases, findings, incidents: one table. Its stream of new images is the outbox (outbox.ts). */
export const state = new sst.aws.Dynamo("State", {
  fields: { pk: "string", sk: "string", list: "string", order: "string" },
  primaryIndex: { hashKey: "pk", rangeKey: "sk" },
  globalIndexes: { listing: { hashKey: "list", rangeKey: "order" } },
  stream: "new-image",
  ttl: "expiresAt",
  deletionProtection: isProduction,
});
