import { z } from "zod";

const base64 = /^(?:whsec_)?(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Standard Webhooks, "Symmetric signatures": 24 to 64 random bytes, in base64, behind a prefix that says what they are. */
export const webhookSecretSchema = z
  .string()
  .regex(base64, "expected whsec_ and base64, as `openssl rand -base64 32` writes it")
  .refine((secret) => bytesOf(secret) >= 24 && bytesOf(secret) <= 64, "expected a secret of 24 to 64 bytes in base64");

function bytesOf(secret: string): number {
  return Buffer.from(secret.replace(/^whsec_/, ""), "base64").length;
}
