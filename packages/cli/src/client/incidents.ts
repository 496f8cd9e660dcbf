import { ExitCode, GlasswatchError, usageError } from "@glasswatch/core/errors";
import { type Incident, type incidentStatuses, streamNameIn } from "@glasswatch/core/incident";
import type { Effects } from "../effects.ts";
import { printable } from "../human/printable.ts";
import { table } from "../human/table.ts";
import { writeOut } from "../output-stream.ts";
import { type ApiClient, openApiClient } from "./api-client.ts";
import { allPages } from "./pages.ts";
import { namesOfStreams } from "./streams.ts";
import { writeList } from "./write-list.ts";

export interface IncidentsOptions {
  readonly data: string;
  readonly status: (typeof incidentStatuses)[number] | "all";
  readonly json: boolean;
}

const head = ["number", "status", "severity", "since (UTC)", "what", "stream"];
const columns = [{ align: "right" } as const, ...Array(head.length - 1).fill({})];

export async function listIncidents({ data, status, json }: IncidentsOptions, effects: Effects): Promise<ExitCode> {
  const api = await openApiClient(data, effects.cwd);
  const query = status === "all" ? {} : { status };
  const incidents = await allPages<Incident>(api, "/v1/incidents", query);
  const names = json ? new Map() : await namesOfStreams(api);
  const cells = (incident: Incident) => cellsOf(incident, names);
  return writeList(incidents, json, (shown) => table([head, ...shown.map(cells)], columns), effects);
}

function cellsOf(incident: Incident, names: ReadonlyMap<string, string>): readonly string[] {
  const { number, status, severity, openedAt, parts, streamId, streamIds, muted } = incident;
  const kinds = [...new Set(parts.map(({ kind }) => kind))].join(", ");
  const others = streamIds.length > 1 ? ` and ${streamIds.length - 1} more` : "";
  const stream = `${names.get(streamId) ?? streamNameIn(incident, streamId) ?? streamId}${others}`;
  const since = openedAt.slice(0, 19).replace("T", " ");
  return [String(number), muted ? `${status}, muted` : status, severity, since, kinds, printable(stream)];
}

export interface OrderOptions {
  readonly data: string;
  /** Of the incident. */
  readonly number: string;
  readonly verb: "acknowledge" | "resolve";
  readonly body: object;
}

/** @throws GlasswatchError where there is no such incident, or it cannot be done, with the reason */
export async function orderIncident({ data, number, verb, body }: OrderOptions, effects: Effects): Promise<ExitCode> {
  if (!/^\d{1,12}$/.test(number)) {
    throw usageError(
      "bad-usage",
      `${printable(number)}: expected the number of an incident, as incidents list shows it`,
    );
  }
  const api = await openApiClient(data, effects.cwd);
  const found = (await api.request("GET", `/v1/incidents?number=${number}`)) as { readonly items: readonly Incident[] };
  const [incident] = found.items;
  if (!incident) throw usageError("no-such-incident", `${data}: there is no incident ${number}`);
  const path = `/v1/incidents/${encodeURIComponent(incident.id)}/${verb}`;
  const { done, text } = await answerTo(api, (await api.request("POST", path, body)) as CommandView, effects);
  if (!done) throw usageError("refused", `${data}: ${printable(text)}`);
  await writeOut(effects.stderr, `${printable(text)}\n`);
  return ExitCode.clean;
}

/** What this reads of a command. */
interface CommandView {
  readonly id: string;
  readonly answer: { readonly done: boolean; readonly text: string } | null;
}

const pollMs = 100;
const patienceMs = 15_000;

async function answerTo(
  api: ApiClient,
  given: CommandView,
  { signal, now }: Effects,
): Promise<NonNullable<CommandView["answer"]>> {
  const until = now() + patienceMs;
  let command = given;
  while (!command.answer) {
    if (signal.aborted || now() > until) {
      const line = `command ${command.id} was taken and is not carried out yet; see glasswatch queues`;
      throw new GlasswatchError("not-answered", line, ExitCode.input);
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    command = (await api.request("GET", `/v1/commands/${command.id}`)) as CommandView;
  }
  return command.answer;
}
