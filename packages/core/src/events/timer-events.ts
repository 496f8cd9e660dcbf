import { z } from "zod";
import { defineEvent } from "./define-event.ts";

/** A time-out that somebody set is due. Whoever set it looks at how things stand now. */
export const timerDue = defineEvent(
  "timer.due",
  z.object({
    owner: z.enum(["incidents", "alerts", "repair"]),
    /** Of what it is about: an incident, a repair, a silence. */
    id: z.string(),
    /** What is due, in its owner's words. */
    what: z.string(),
  }),
);
