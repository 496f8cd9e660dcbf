import { webhookConsumer } from "./webhook-consumer.ts";

export const handler = webhookConsumer("RepairWebhook");
