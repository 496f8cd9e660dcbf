/** `sst secret set Alerts "$(cat alerts.json)"`: who is told of incidents, and how. Nobody is until then. */
export const alerts = new sst.Secret("Alerts", "{}");

/**
 * `sst secret set RepairEndpoints '{ "packager": { "url": "https://…", "secret": "whsec_…" } }'`: what the action `call-webhook`
 * may ask, by the names that policies call them.
 */
export const repairEndpoints = new sst.Secret("RepairEndpoints", "{}");
