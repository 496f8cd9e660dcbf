/** `sst secret set NotifyWebhook https://…`: where incidents are told until then is the log. */
export const notifyWebhook = new sst.Secret("NotifyWebhook", "");

/**
 * `sst secret set RepairEndpoints '{ "packager": { "url": "https://…", "secret": "whsec_…" } }'`: what the action `call-webhook`
 * may ask, by the names that policies call them.
 */
export const repairEndpoints = new sst.Secret("RepairEndpoints", "{}");
