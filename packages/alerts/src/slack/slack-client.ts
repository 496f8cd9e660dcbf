import {
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from "@slack/web-api";
import type { SlackMessage } from "./blocks.ts";

/** Slack wants no more calls for a while. */
export class RestError extends Error {
  override readonly name = "RestError";
  readonly until: Date;

  constructor(until: Date) {
    super(`Slack takes no more calls until ${until.toISOString()}`);
    this.until = until;
  }
}

/** Slack refused the call. The same call again is refused again, unless somebody changes something there. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  /** Slack's own: `channel_not_found`. */
  readonly code: string;

  constructor(code: string, what: string) {
    super(`Slack refused to ${what}: ${code}${hints[code] ? `; ${hints[code]}` : ""}`);
    this.code = code;
  }
}

const hints: Readonly<Record<string, string>> = {
  channel_not_found: "give the channel's id, and invite the app into it where it is private",
  not_in_channel: "invite the app into the channel",
  invalid_auth: "check the bot token",
  missing_scope: "the app needs the scopes chat:write and files:write",
};

export interface SlackClientOptions {
  readonly botToken: string;
  readonly channel: string;
  readonly apiUrl: string;
  readonly now: () => Date;
}

export interface SlackClient {
  /** @param id of what is told: Slack leaves out what it had by this id a moment ago. @returns the message's `ts` */
  post(message: SlackMessage, id: string): Promise<string>;
  edit(ts: string, message: SlackMessage): Promise<void>;
  /** Answers a message. @param broadcast the channel sees it, too */
  reply(ts: string, text: string, options: { readonly id: string; readonly broadcast: boolean }): Promise<void>;
  /** @returns the file's id; nobody sees it before a message shows it */
  upload(jpeg: Uint8Array, about: { readonly fileName: string; readonly altText: string }): Promise<string>;
}

const timeoutMs = 5000;

/** Nobody's words become links, mentions or previews. */
const asWritten = { parse: "none", link_names: false, unfurl_links: false, unfurl_media: false } as const;

/**
 * Slack's Web API, a call at a time and each tried once: the queue tries again. All throw RestError, RefusedError, or an error of
 * one line where Slack cannot be reached.
 */
export function openSlackClient({ botToken, channel, apiUrl, now }: SlackClientOptions): SlackClient {
  const client = new WebClient(botToken, {
    ...{ slackApiUrl: apiUrl, allowAbsoluteUrls: false, logger: silent, timeout: timeoutMs },
    ...{ retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  });
  let restUntil = new Date(0);

  async function call<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    if (now() < restUntil) throw new RestError(restUntil);
    try {
      return await work();
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) {
        restUntil = new Date(now().getTime() + error.retryAfter * 1000);
        throw new RestError(restUntil);
      }
      throw inOneLine(error, what);
    }
  }

  return {
    post: (message, id) =>
      call("post a message", async () => {
        const { ts } = (await client.apiCall("chat.postMessage", {
          ...{ ...asWritten, channel, ...message },
          client_msg_id: id,
        })) as { readonly ts?: string };
        if (ts === undefined) throw new TypeError("Slack named no message that it posted");
        return ts;
      }),
    edit: (ts, { text, blocks }) =>
      call("edit a message", async () => {
        await client.chat.update({ channel, ts, text, blocks: [...blocks], parse: "none", link_names: false });
      }),
    reply: (ts, text, { id, broadcast }) =>
      call("answer a message", async () => {
        const reply = { ...asWritten, channel, thread_ts: ts, text, reply_broadcast: broadcast, client_msg_id: id };
        await client.apiCall("chat.postMessage", reply);
      }),
    upload: (jpeg, { fileName, altText }) =>
      call("upload a picture", async () => {
        const file = Buffer.from(jpeg);
        const { files } = await client.filesUploadV2({ file, filename: fileName, alt_text: altText });
        const id = files[0]?.files?.[0]?.id;
        if (id === undefined) throw new TypeError("Slack named no file that it took");
        return id;
      }),
  };
}

function inOneLine(error: unknown, what: string): Error {
  if (error instanceof WebAPIPlatformError) return new RefusedError(error.data.error, what);
  if (error instanceof WebAPIHTTPError) return new Error(`Slack could not ${what}: it answered ${error.statusCode}`);
  if (error instanceof WebAPIRequestError) {
    return new Error(`Slack cannot be reached to ${what}: ${error.original.message}`, { cause: error });
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** What goes wrong is thrown, and told by whoever catches it. */
const silent = {
  ...{ debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, setName() {} },
  getLevel: () => LogLevel.ERROR,
};
