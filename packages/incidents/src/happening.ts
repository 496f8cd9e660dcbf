import type { Actor } from "@glasswatch/core/actor";
import type { IncidentPart } from "@glasswatch/core/incident";
import type { Repair } from "@glasswatch/core/repair";

/** A defect as it stands now. */
export type Defect = Omit<IncidentPart, "mutedBy">;

/** What a person says is to be done. */
export interface Order {
  readonly by: Actor;
  /** When they said it: the same order again is without effect. */
  readonly orderedAt: string;
}

/** What is to be taken into an incident. */
export type Happening =
  | {
      readonly type: "defect";
      readonly defect: Defect;
      /** The end of the incident (its `resolvedAt`) that this may undo. */
      readonly reopens: string | null;
    }
  /** Time has passed, or a silence came or went. */
  | { readonly type: "look"; readonly reopens: string | null }
  | (Order & { readonly type: "acknowledge"; readonly minutes?: number | undefined })
  | (Order & { readonly type: "resolve" | "not-a-defect" })
  | (Order & { readonly type: "reopen"; readonly reopens: string | null })
  | { readonly type: "repair"; readonly repair: Repair };
