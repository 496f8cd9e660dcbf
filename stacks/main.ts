import "./alerts-tick.ts";
import { api } from "./api.ts";
import "./consumers.ts";
import "./detector.ts";
import { uploads } from "./evidence.ts";
import "./outbox.ts";
import "./reconcile.ts";
import "./repair.ts";
import "./rules.ts";
import { smsReplies } from "./sms-replies.ts";

// A developer looks at the terminal, and is told nothing at night.
if (!$dev) await import("./alarms.ts");

/** What people need once it stands. */
export const outputs = { api: api.url, uploads: uploads.name, smsReplies: smsReplies.arn };
