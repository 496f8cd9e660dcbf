import { z } from "zod";
import { commandAnswered, commandReceived } from "./command-events.ts";
import { findingClosed, findingOpened, findingUpdated } from "./finding-events.ts";
import { incidentAcknowledged, incidentOpened, incidentResolved, incidentUpdated } from "./incident-events.ts";
import { repairAbandoned, repairFailed, repairRequested, repairSucceeded } from "./repair-events.ts";
import { scanCompleted, scanFailed } from "./scan-events.ts";
import {
  streamDegraded,
  streamEnded,
  streamFailed,
  streamResumed,
  streamStalled,
  streamStarted,
} from "./stream-events.ts";
import { streamMeasured } from "./stream-measured.ts";
import { timerDue } from "./timer-events.ts";

/** Any event, told apart by its `detail-type`. Consumers leave out types that they do not know. */
export const eventSchema = z.discriminatedUnion("detail-type", [
  streamStarted.schema,
  streamStalled.schema,
  streamResumed.schema,
  streamDegraded.schema,
  streamEnded.schema,
  streamFailed.schema,
  streamMeasured.schema,
  scanCompleted.schema,
  scanFailed.schema,
  findingOpened.schema,
  findingUpdated.schema,
  findingClosed.schema,
  incidentOpened.schema,
  incidentUpdated.schema,
  incidentAcknowledged.schema,
  incidentResolved.schema,
  repairRequested.schema,
  repairSucceeded.schema,
  repairFailed.schema,
  repairAbandoned.schema,
  commandReceived.schema,
  commandAnswered.schema,
  timerDue.schema,
]);

export type Event = z.infer<typeof eventSchema>;

export type DetailType = Event["detail-type"];

export type EventOf<Type extends DetailType> = Extract<Event, { readonly "detail-type": Type }>;

/** What an event of one type says. */
export type EventData<Type extends DetailType> = EventOf<Type>["detail"]["data"];
