/** `sst secret set NotifyWebhook https://…`: where incidents are told until then is the log. */
export const notifyWebhook = new sst.Secret("NotifyWebhook", "");

export const repairWebhook = new sst.Secret("RepairWebhook", "");
