import { ExitCode } from "@glasswatch/core/errors";
import type { Silence } from "@glasswatch/core/silence";
import { labelsOf } from "../arguments/labels.ts";
import type { Effects } from "../effects.ts";
import { printable } from "../human/printable.ts";
import { table } from "../human/table.ts";
import { writeOut } from "../output-stream.ts";
import { openApiClient } from "./api-client.ts";
import { allPages } from "./pages.ts";
import { writeList } from "./write-list.ts";

export interface AddSilenceOptions {
  readonly data: string;
  readonly stream: readonly string[] | undefined;
  readonly kind: readonly string[] | undefined;
  readonly label: readonly string[] | undefined;
  readonly minutes: number;
  readonly comment: string | undefined;
}

export async function addSilence(options: AddSilenceOptions, effects: Effects): Promise<ExitCode> {
  const { data, stream, kind, label, minutes, comment } = options;
  const labels = label && labelsOf(label);
  const match = { ...(stream && { streams: stream }), ...(kind && { kinds: kind }), ...(labels && { labels }) };
  const api = await openApiClient(data, effects.cwd);
  const wanted = { match, minutes, ...(comment !== undefined && { comment }) };
  const silence = (await api.request("POST", "/v1/silences", wanted)) as Silence;
  await writeOut(effects.stdout, `${silence.id}\n`);
  return ExitCode.clean;
}

export interface ListSilencesOptions {
  readonly data: string;
  readonly json: boolean;
}

const head = ["id", "of", "until (UTC)", "by", "comment"];

export async function listSilences({ data, json }: ListSilencesOptions, effects: Effects): Promise<ExitCode> {
  const api = await openApiClient(data, effects.cwd);
  const silences = await allPages<Silence>(api, "/v1/silences");
  return writeList(
    silences,
    json,
    (shown) => table([head, ...shown.map(cellsOf)], Array(head.length).fill({})),
    effects,
  );
}

function cellsOf({ id, match, to, weekly, createdBy, comment }: Silence): readonly string[] {
  const labels = Object.entries(match.labels ?? {}).map(([name, value]) => `${name}=${value}`);
  const what = [match.streams, match.kinds, labels].flatMap((names) => (names?.length ? [names.join(",")] : []));
  const window = weekly ? [`${weekly.days.join(",")} ${weekly.from}–${weekly.to} ${weekly.timeZone}`] : [];
  const until = [...(to === null ? [] : [to.slice(0, 16).replace("T", " ")]), ...window].join(", ");
  return [id, what.join(" "), until, createdBy.name, comment].map(printable);
}

export interface RemoveSilenceOptions {
  readonly data: string;
  readonly id: string;
}

export async function removeSilence({ data, id }: RemoveSilenceOptions, effects: Effects): Promise<ExitCode> {
  const api = await openApiClient(data, effects.cwd);
  await api.request("DELETE", `/v1/silences/${encodeURIComponent(id)}`);
  await writeOut(effects.stderr, `silence ${printable(id)} is over\n`);
  return ExitCode.clean;
}
