import { createHash } from "node:crypto";
import type { Event } from "@glasswatch/core/events/event";
import type { Incident } from "@glasswatch/core/incident";
import type { IncidentEntry } from "@glasswatch/core/state/incidents";
import { graverAt } from "./ageing.ts";
import { changeIncident } from "./change-incident.ts";
import { isLoss, isSpreading, isWanted, keysOf } from "./correlation.ts";
import { opensIncident } from "./open-draft.ts";
import type { Sighting } from "./read-defect.ts";
import { reopens } from "./reopen.ts";
import type { Stores } from "./stores.ts";
import { isLeftOut } from "./take-defect.ts";
import { setTimer } from "./timers.ts";

/** Others that change the same incident at the same time are few; more rounds than this are a fault. */
const mostRounds = 20;

/**
 * Takes a defect into the incident where it belongs.
 *
 * @param read reads it as it stands now. It is read again after the write: whoever read it earlier may write later
 */
export async function handleDefect(read: () => Promise<Sighting | null>, cause: Event, stores: Stores): Promise<void> {
  let sighting = await read();
  for (let round = 1; sighting; round++) {
    if (round > mostRounds) throw new Error(`the incident of ${sighting.defect.id} changes too often`);
    const isSettled = await take(sighting, cause, stores);
    const before: Sighting = sighting;
    if (isSettled === "unchanged") return;
    sighting = await read();
    if (isSettled === "taken" && sighting && isSame(before, sighting)) return;
  }
}

type Outcome = "unchanged" | "taken" | "shut";

async function take(sighting: Sighting, cause: Event, stores: Stores): Promise<Outcome> {
  const { defect } = sighting;
  const place = await placeOf(sighting, stores);
  if (place === "left out") return "unchanged";
  if (!place) {
    await watch(sighting, cause, stores);
    return "unchanged";
  }
  const { streamName, reopens } = place;
  const named = streamName === undefined ? defect : { ...defect, streamName };
  const happening = { type: "defect", defect: named, reopens } as const;
  const { incident, isNew, isShut } = await changeIncident(place, happening, cause, stores);
  if (isShut) return "shut";
  if (incident && (isNew || incident.parts.some(({ id }) => id === defect.id))) {
    await stores.incidents.assign(defect.id, incident.id);
  } else await watch(sighting, cause, stores);
  return isNew ? "taken" : "unchanged";
}

/** What is not grave enough for an incident may be if it lasts. */
async function watch({ defect, isFinding }: Sighting, cause: Event, stores: Stores): Promise<void> {
  const due = defect.open && isFinding ? graverAt(defect) : null;
  if (due) await setTimer({ what: "finding", id: defect.id, streamId: defect.streamId, due, cause }, stores);
}

interface Place extends IncidentEntry {
  readonly key: string;
  /** Where the defect may be new to the incident, and the stream is there. */
  readonly streamName?: string | undefined;
}

/** Where it belongs: null where there is no incident for it, and it opens none. */
async function placeOf(sighting: Sighting, stores: Stores): Promise<Place | "left out" | null> {
  const { defect, isFinding } = sighting;
  const { incidents, policy } = stores;
  const own = await incidents.of(defect.id);
  const belongsTo = own === null ? null : await incidents.get(own);
  if (belongsTo && isFinding && isLeftOut(belongsTo, defect)) return "left out";
  if (belongsTo && (isFinding || has(belongsTo, sighting)))
    return { id: belongsTo.id, key: belongsTo.key, reopens: null };

  const stream = (await stores.streams.get(defect.streamId))?.value ?? null;
  const keys = keysOf(defect.streamId, stream);
  const latest = await incidents.latestOf(keys.own);
  const ofRegion = keys.region === null ? null : await incidents.latestOf(keys.region);
  for (const incident of [latest, ofRegion]) {
    if (incident && has(incident, sighting)) return { id: incident.id, key: incident.key, reopens: null };
  }
  // Whoever takes a channel down removes it and stops its source, and the worker notices the latter first.
  if (!isFinding && (!defect.open || !isWanted(stream))) return null;

  const at = stores.now().toISOString();
  const key = chooseKey();
  const entry = await incidents.enter(key, (resolved) => {
    if (!opensIncident(defect, at)) return null;
    if (resolved && reopens(resolved, defect, at, policy)) return { id: resolved.id, reopens: resolved.resolvedAt };
    return { id: identify(key, sighting), reopens: null };
  });
  return entry && { ...entry, key, streamName: stream?.name };

  /** All that is wrong with a stream is in one incident, so that the cause can mute the rest. */
  function chooseKey(): string {
    if (keys.region === null || isAbout(latest, defect.streamId)) return keys.own;
    if (isAbout(ofRegion, defect.streamId)) return keys.region;
    return isLoss(defect.kind) && isSpreading(ofRegion, at, policy) ? keys.region : keys.own;
  }
}

/** Whether it is this very occurrence that the incident has. */
function has({ parts }: Incident, { defect, isFinding }: Sighting): boolean {
  return parts.some(({ id, open }) => id === defect.id && (open || isFinding));
}

function isAbout(incident: Incident | null, streamId: string): boolean {
  if (!incident || incident.status === "resolved") return false;
  return incident.parts.some((part) => part.open && part.streamId === streamId);
}

/** The same occurrence again gives the same id, and no two incidents share one. */
function identify(key: string, { occurrence }: Sighting): string {
  return createHash("sha256").update(`${key} ${occurrence}`).digest("hex").slice(0, 16);
}

function isSame(a: Sighting, b: Sighting): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
