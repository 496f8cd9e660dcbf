import { ExitCode } from "@glasswatch/core/errors";
import type { Tier } from "@glasswatch/core/tier";
import { labelsOf } from "../arguments/labels.ts";
import type { Effects } from "../effects.ts";
import { printable } from "../human/printable.ts";
import { table } from "../human/table.ts";
import { writeOut } from "../output-stream.ts";
import { type ApiClient, openApiClient } from "./api-client.ts";
import { allPages } from "./pages.ts";
import { writeList } from "./write-list.ts";

/** What these commands read of a stream. */
interface StreamView {
  readonly id: string;
  readonly name: string;
  readonly state: { readonly status: string };
}

export interface AddOptions {
  readonly data: string;
  readonly url: string;
  readonly name: string | undefined;
  readonly profile: string | undefined;
  readonly tier: Tier;
  readonly label: readonly string[] | undefined;
  readonly json: boolean;
}

export async function addStream(options: AddOptions, effects: Effects): Promise<ExitCode> {
  const { data, url, name, profile, tier, label = [], json } = options;
  const labels = labelsOf(label);
  const api = await openApiClient(data, effects.cwd);
  const wanted = { url, tier, labels, ...(name !== undefined && { name }), ...(profile !== undefined && { profile }) };
  const stream = (await api.request("POST", "/v1/streams", wanted)) as StreamView;
  await writeOut(effects.stdout, `${json ? JSON.stringify(stream) : stream.id}\n`);
  return ExitCode.clean;
}

export interface ListOptions {
  readonly data: string;
  readonly json: boolean;
}

export async function listStreams({ data, json }: ListOptions, effects: Effects): Promise<ExitCode> {
  const api = await openApiClient(data, effects.cwd);
  const streams = await allPages<StreamView>(api, "/v1/streams");
  const cellsOf = ({ id, name, state }: StreamView) => [id, state.status, printable(name)];
  return writeList(streams, json, (shown) => table(shown.map(cellsOf), [{}, {}, {}]), effects);
}

export interface RemoveOptions {
  readonly data: string;
  readonly id: string;
}

export async function removeStream({ data, id }: RemoveOptions, effects: Effects): Promise<ExitCode> {
  const api = await openApiClient(data, effects.cwd);
  await api.request("DELETE", `/v1/streams/${encodeURIComponent(id)}`);
  await writeOut(effects.stderr, `${printable(id)} is watched no more\n`);
  return ExitCode.clean;
}

/** How people call streams, by their ids. */
export async function namesOfStreams(api: ApiClient): Promise<ReadonlyMap<string, string>> {
  const streams = await allPages<StreamView>(api, "/v1/streams");
  return new Map(streams.map(({ id, name }) => [id, name]));
}
