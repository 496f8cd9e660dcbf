import { streamRepairActions } from "@glasswatch/core/repair-actions";
import { ActionFailedError, defineAction } from "../action.ts";
import { callEndpoint } from "../call-endpoint.ts";
import { requestOf } from "../request-of.ts";
import type { RepairEndpoint } from "../setup.ts";

/** Asks something of the owner's, with a request that is signed as Standard Webhooks says. */
export const callWebhook = defineAction("call-webhook", streamRepairActions["call-webhook"], {
  goesOn: false,
  mayRepeat: ({ mayRepeat }) => mayRepeat,

  async plan({ options: { endpoint }, tools }) {
    const found = signed(tools.endpoints[endpoint], endpoint);
    return typeof found === "string" ? { refused: found } : { would: `call ${endpoint}`, undo: null };
  },

  async act({ repair, stream, options: { endpoint }, tools }) {
    const found = signed(tools.endpoints[endpoint], endpoint);
    if (typeof found === "string") throw new ActionFailedError(found);
    const status = await callEndpoint(found, repair.id, requestOf(repair, stream));
    if (status < 200 || status > 299) throw new ActionFailedError(`${endpoint} answered ${status}`);
    return `${endpoint} answered ${status}`;
  },
});

/** Or why it cannot be called. */
function signed(endpoint: RepairEndpoint | undefined, name: string) {
  if (!endpoint) return `the configuration has no endpoint ${name}`;
  const { secret } = endpoint;
  return secret === undefined ? `endpoint ${name} has no secret to sign requests with` : { ...endpoint, secret };
}
