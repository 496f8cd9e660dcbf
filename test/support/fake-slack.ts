import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { blockProblem, type FakeBlock } from "./slack-blocks.ts";

/** A message as a channel shows it. */
export interface FakeMessage {
  readonly ts: string;
  text: string;
  blocks: readonly FakeBlock[];
  /** How often it was edited. */
  edits: number;
  /** In its thread. */
  readonly replies: { readonly text: string; readonly broadcast: boolean }[];
  readonly clientId: string | null;
}

/** What is to happen to the next call of a method instead of an answer, or after it was done. */
export type SlackFault =
  | { readonly kind: "rate-limited"; readonly retryAfterSeconds: number }
  | { readonly kind: "error"; readonly error: string }
  /** The call is done, and its answer is lost. */
  | { readonly kind: "answer-lost" }
  | { readonly kind: "status"; readonly status: number };

export interface FakeSlack {
  /** For `apiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly signingSecret: string;
  readonly channel: string;
  /** In the order in which they were posted. */
  readonly messages: readonly FakeMessage[];
  /** Names of methods, in the order in which they were called. */
  readonly calls: readonly string[];
  /** Uploaded pictures by id. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The next so many messages that show files are refused: Slack has not digested them yet. */
  digestFilesAfter(refusals: number): void;
  fail(method: string, ...faults: readonly SlackFault[]): void;
  /** The request that Slack makes when somebody presses a button of that message. */
  press(press: Press): Request;
  close(): Promise<void>;
}

export interface Press {
  readonly ts: string;
  readonly actionId: string;
  readonly user?: { readonly id: string; readonly name: string };
  /** When it was pressed. */
  readonly at: Date;
  /** Signs with something else than the app's secret. */
  readonly secret?: string;
  /** Puts another id in the place of the button's. */
  readonly pretendActionId?: string;
}

type Answer = Readonly<Record<string, unknown>>;

const refusal = (error: string, message?: string): Answer => ({
  ...{ ok: false, error },
  ...(message !== undefined && { response_metadata: { messages: [`[ERROR] ${message}`] } }),
});

/**
 * Slack's Web API on the loopback interface, for one app in one channel: it speaks Slack's HTTP, holds messages to Slack's limits,
 * and keeps them for tests to look at.
 */
export async function startFakeSlack(): Promise<FakeSlack> {
  const app = { botToken: "xoxb-test", signingSecret: "8f742231b10e8888abcd99yyyzzz85a5", channel: "C0123456789" };
  const messages: FakeMessage[] = [];
  const calls: string[] = [];
  const files = new Map<string, Uint8Array>();
  const uploads = new Map<string, { readonly length: number; bytes: Uint8Array | null }>();
  const faults = new Map<string, SlackFault[]>();
  let count = 0;
  let refusals = 0;
  let url = "";

  function problemOf(blocks: readonly FakeBlock[]): string | null {
    const problem = blockProblem(blocks, (id) => files.has(id));
    if (problem !== null) return problem;
    const hasFiles = blocks.some((block) => block.slack_file !== undefined);
    if (!hasFiles || refusals === 0) return null;
    refusals -= 1;
    return "invalid slack file";
  }

  const methods: Readonly<Record<string, (form: URLSearchParams) => Answer>> = {
    "chat.postMessage": (form) => {
      if (form.get("channel") !== app.channel) return refusal("channel_not_found");
      const [text, thread] = [form.get("text") ?? "", form.get("thread_ts")];
      if (text === "" || text.length > 4000) return refusal(text === "" ? "no_text" : "msg_too_long");
      const ts = `${1_900_000_000 + count}.${String(count++).padStart(6, "0")}`;
      if (thread !== null) {
        const parent = messages.find((message) => message.ts === thread);
        if (!parent) return refusal("thread_not_found");
        parent.replies.push({ text, broadcast: form.get("reply_broadcast") === "true" });
        return { ok: true, ts };
      }
      const blocks = JSON.parse(form.get("blocks") ?? "[]");
      const problem = problemOf(blocks);
      if (problem !== null) return refusal(problem === "too long" ? "msg_blocks_too_long" : "invalid_blocks", problem);
      messages.push({ ts, text, blocks, edits: 0, replies: [], clientId: form.get("client_msg_id") });
      return { ok: true, ts, channel: app.channel };
    },
    "chat.update": (form) => {
      const message = messages.find(({ ts }) => ts === form.get("ts"));
      if (!message) return refusal("message_not_found");
      const blocks = JSON.parse(form.get("blocks") ?? "[]");
      const problem = problemOf(blocks);
      if (problem !== null) return refusal(problem === "too long" ? "msg_blocks_too_long" : "invalid_blocks", problem);
      Object.assign(message, { text: form.get("text") ?? "", blocks, edits: message.edits + 1 });
      return { ok: true, ts: message.ts, channel: app.channel };
    },
    "files.getUploadURLExternal": (form) => {
      const id = `F${count++}`;
      uploads.set(id, { length: Number(form.get("length")), bytes: null });
      return { ok: true, file_id: id, upload_url: `${url}/upload/${id}` };
    },
    "files.completeUploadExternal": (form) => {
      const wanted: readonly { readonly id: string }[] = JSON.parse(form.get("files") ?? "[]");
      for (const { id } of wanted) {
        const bytes = uploads.get(id)?.bytes;
        if (!bytes) return refusal("file_not_found");
        files.set(id, bytes);
      }
      return { ok: true, files: wanted };
    },
  };

  async function upload(id: string, request: IncomingMessage): Promise<number> {
    const body = await buffer(request);
    const form = await new Response(body, {
      headers: { "content-type": request.headers["content-type"] ?? "" },
    }).formData();
    const file = [...form.values()][0];
    const known = uploads.get(id);
    if (!known || !(file instanceof Blob)) return 400;
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.length !== known.length) return 400;
    known.bytes = bytes;
    return 200;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "").slice(1);
    if (path.startsWith("upload/")) return void response.writeHead(await upload(path.slice(7), request)).end("OK");
    const method = path.replace(/^api\//, "");
    calls.push(method);
    const form = new URLSearchParams((await buffer(request)).toString());
    const fault = faults.get(method)?.shift();
    if (fault?.kind === "rate-limited") {
      return void response.writeHead(429, { "retry-after": String(fault.retryAfterSeconds) }).end();
    }
    if (fault?.kind === "status") return void response.writeHead(fault.status).end();
    const isAllowed = request.headers.authorization === `Bearer ${app.botToken}`;
    const said =
      fault?.kind === "error" ? refusal(fault.error) : isAllowed ? methods[method]?.(form) : refusal("invalid_auth");
    if (fault?.kind === "answer-lost") return void response.destroy();
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(said ?? refusal("unknown_method")));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    ...{ ...app, apiUrl: `${url}/api/`, messages, calls, files },
    digestFilesAfter(times) {
      refusals = times;
    },
    fail(method, ...next) {
      faults.set(method, [...(faults.get(method) ?? []), ...next]);
    },
    press: (press) => pressed(press, messages, app),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function pressed(press: Press, messages: readonly FakeMessage[], app: { readonly signingSecret: string }): Request {
  const { ts, actionId, at, user = { id: "U1", name: "anna" }, secret = app.signingSecret, pretendActionId } = press;
  const buttons = messages.find((message) => message.ts === ts)?.blocks.flatMap(({ elements }) => elements ?? []) ?? [];
  const button = buttons.find(({ action_id }) => action_id === actionId);
  if (!button) throw new Error(`the message ${ts} has no button ${actionId}`);
  const seconds = Math.floor(at.getTime() / 1000);
  const action = {
    type: "button",
    action_id: pretendActionId ?? actionId,
    value: button.value,
    action_ts: `${seconds}.5`,
  };
  const payload = { type: "block_actions", user: { ...user, username: user.name, team_id: "T1" }, actions: [action] };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const signature = createHmac("sha256", secret).update(`v0:${seconds}:${body}`).digest("hex");
  return new Request("https://glasswatch.example/hooks/slack", {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": String(seconds),
      "x-slack-signature": `v0=${signature}`,
    },
    body,
  });
}
