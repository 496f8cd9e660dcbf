import { repairActions } from "@glasswatch/core/repair-actions";
import { ActionFailedError, defineAction } from "../action.ts";
import { callEndpoint } from "../call-endpoint.ts";
import { requestOf } from "../request-of.ts";

/** Asks something of the owner's, with a request that is signed as Standard Webhooks says. */
export const callWebhook = defineAction("call-webhook", repairActions["call-webhook"], {
  goesOn: false,
  mayRepeat: ({ mayRepeat }) => mayRepeat,

  async plan({ options: { endpoint }, tools }) {
    if (!tools.endpoints[endpoint]) return { refused: `the configuration has no endpoint ${endpoint}` };
    return { would: `call ${endpoint}`, undo: null };
  },

  async act({ repair, stream, options, tools, signal }) {
    const endpoint = tools.endpoints[options.endpoint];
    if (!endpoint) throw new ActionFailedError(`the configuration has no endpoint ${options.endpoint}`);
    const status = await callEndpoint(endpoint, repair.id, requestOf(repair, stream), signal);
    if (status < 200 || status > 299) throw new ActionFailedError(`${options.endpoint} answered ${status}`);
    return `${options.endpoint} answered ${status}`;
  },
});
