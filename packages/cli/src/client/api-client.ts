import { resolve } from "node:path";
import { ExitCode, GlasswatchError, usageError } from "@glasswatch/core/errors";
import { type ApiFile, readApiFile } from "../up/api-file.ts";

/** The API of the `glasswatch up` that runs on a data folder. */
export interface ApiClient {
  /** @throws GlasswatchError with one line: nobody answers, or what the API says is wrong with the request */
  request(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<unknown>;
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
}

/** @throws GlasswatchError where nothing has ever run on the folder */
export async function openApiClient(data: string, cwd: string): Promise<ApiClient> {
  const file = await readApiFile(resolve(cwd, data));
  if (!file) {
    throw usageError(
      "no-data-folder",
      `${data}: nothing runs on this folder; start it with glasswatch up --data ${data}`,
    );
  }
  return { request: (method, path, body) => request(file, data, { method, path, body }) };
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

async function request({ url, key }: ApiFile, data: string, { method, path, body }: Request): Promise<unknown> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((cause) => {
    throw new GlasswatchError(
      "not-running",
      `${data}: nobody answers at ${url}; is glasswatch up --data ${data} running?`,
      ExitCode.input,
      { cause },
    );
  });
  const text = await response.text();
  if (response.ok) return text === "" ? null : JSON.parse(text);
  throw usageError("refused", `${data}: ${sayingOf(text) ?? `the API answered ${response.status}`}`);
}

/** Of a problem+json answer, RFC 9457. */
function sayingOf(text: string): string | undefined {
  try {
    const { detail, title } = JSON.parse(text) as Problem;
    return detail ?? title;
  } catch {
    return undefined;
  }
}
