import { type Incident, streamNameIn } from "@glasswatch/core/incident";
import { severities } from "@glasswatch/core/severity";
import type { Stores } from "./stores.ts";

export interface Answer {
  readonly done: boolean;
  readonly text: string;
}

/** One SMS in the alphabet of GSM 03.38. */
const mostCharacters = 160;

export function shortened(text: string): string {
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 3)}...`;
}

/** As many of the items as there is room for, and how many more there are. */
export function listed(head: string, items: readonly string[]): string {
  for (let count = items.length; count > 0; count--) {
    const more = count < items.length ? `; ${items.length - count} more` : "";
    const text = `${head}${items.slice(0, count).join("; ")}${more}`;
    if (text.length <= mostCharacters) return text;
  }
  return head;
}

/** `18:00 UTC`, and the day where that is another. */
export function clock(at: string, now: Date): string {
  const day = at.slice(0, 10) === now.toISOString().slice(0, 10) ? "" : `${at.slice(0, 10)} `;
  return `${day}${at.slice(11, 16)} UTC`;
}

export function lasting(since: string, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 60_000));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}

const mostOfName = 24;

/** As its user calls it, cut where that is an address; one that was removed as `incident` knows it. */
export async function streamName(
  streamId: string,
  { streams }: Pick<Stores, "streams">,
  incident?: Incident,
): Promise<string> {
  const kept = incident && streamNameIn(incident, streamId);
  const name = (await streams.get(streamId))?.value.name ?? kept ?? streamId;
  return name.length <= mostOfName ? name : `${name.slice(0, mostOfName - 2)}..`;
}

/** The worst kind of what is open, and how many others there are. */
export function kindsOf({ parts }: Incident): string {
  const open = parts.filter((part) => part.open);
  const shown = open.length > 0 ? open : parts;
  const worst = shown.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
  const kinds = [...new Set([...worst.filter(({ mutedBy }) => !mutedBy), ...worst].map(({ kind }) => kind))];
  return kinds.length > 1 ? `${kinds[0]} +${kinds.length - 1}` : (kinds[0] ?? "");
}
