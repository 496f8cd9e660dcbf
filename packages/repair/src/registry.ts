import type { Action } from "./action.ts";
import { callWebhook } from "./actions/call-webhook.ts";
import { runWorkflow } from "./actions/run-workflow.ts";
import { switchSource } from "./actions/switch-source.ts";

/** Every action, as `core` declares them. */
export const actions: readonly Action[] = [switchSource, callWebhook, runWorkflow];
