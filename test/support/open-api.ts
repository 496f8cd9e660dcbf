import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiOptions } from "@glasswatch/api/api-options";
import { authenticateByKey, issueKey } from "@glasswatch/api/auth/local-keys";
import { createApi } from "@glasswatch/api/create-api";
import { consumerQueues, detectQueue } from "@glasswatch/core/queues";
import { openApiKeys } from "@glasswatch/core/state/api-keys";
import { type EmbeddedOptions, type EmbeddedPorts, openEmbedded } from "@glasswatch/embedded/open-embedded";
import { getRequestListener } from "@hono/node-server";

export type Scope = "read" | "write" | "admin";

export interface Ask {
  readonly method: string;
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly text?: string;
  /** Of which key; null for none. `admin` unless given. */
  readonly scope?: Scope | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Of JSON; null where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was answered
  readonly body: any;
}

/** The API over ports in a folder of its own. */
export interface TestApi {
  readonly folder: string;
  readonly ports: EmbeddedPorts;
  readonly keys: Readonly<Record<Scope, string>>;
  /** What was told of faults: nothing, in most tests. */
  readonly faults: unknown[];
  ask(request: Ask): Promise<Answer>;
  /** Serves it over HTTP on loopback. @returns the address */
  serve(): Promise<string>;
  close(): Promise<void>;
}

export interface TestApiOptions extends Partial<Omit<ApiOptions, "ports">> {
  readonly embedded?: Partial<EmbeddedOptions>;
  /** Of an API that runs, or ran; a new one unless given. */
  readonly folder?: string;
  /** Ports that stand before the real ones. */
  readonly wrap?: (ports: EmbeddedPorts) => ApiOptions["ports"];
}

export async function openTestApi({ embedded, wrap, ...options }: TestApiOptions = {}): Promise<TestApi> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "glasswatch-api-")));
  const ports = await openEmbedded({
    folder,
    queues: [...consumerQueues, detectQueue("all")],
    routes: [],
    ...embedded,
  });
  const apiKeys = openApiKeys(ports.table);
  const keyOf = async (scope: Scope) => (await issueKey(apiKeys, { name: scope, scope, now: new Date() })).key;
  const keys = { read: await keyOf("read"), write: await keyOf("write"), admin: await keyOf("admin") };
  const faults: unknown[] = [];
  const api = createApi({
    ...{
      ports: wrap?.(ports) ?? ports,
      authenticate: authenticateByKey(apiKeys),
      groups: ["all"],
      allowPrivate: false,
      addressOf: () => "203.0.113.9",
    },
    onFault: (error) => faults.push(error),
    ...options,
  });
  const server = createServer(getRequestListener(api.fetch));

  return {
    ...{ folder, ports, keys, faults },
    async ask({ method, path, body, text = JSON.stringify(body), scope = "admin", headers = {} }) {
      const credentials = scope === null ? {} : { authorization: `Bearer ${keys[scope]}` };
      const content = text === undefined ? {} : { "content-type": "application/json" };
      const request = { method, headers: { ...credentials, ...content, ...headers } };
      return read(await api.request(path, text === undefined ? request : { ...request, body: text }));
    },
    async serve() {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async close() {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
      await ports.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /[/+]json/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : null };
}
