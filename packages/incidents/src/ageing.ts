import type { IncidentPart } from "@glasswatch/core/incident";
import type { Severity } from "@glasswatch/core/severity";
import { later } from "./time.ts";

/** What a defect of these kinds becomes when it lasts. */
interface AgeingRule {
  readonly kinds: readonly string[];
  readonly from: Severity;
  readonly afterMinutes: number;
  readonly to: Severity;
  readonly reason: string;
}

/** Beside the detectors' own ladders, which know seconds. A kind is in one rule at most. */
export const ageing: readonly AgeingRule[] = [
  {
    ...{ kinds: ["stream-failed", "stream-stalled"], from: "major", afterMinutes: 0.5, to: "critical" },
    reason: "players have up to half a minute in store, and then viewers see nothing",
  },
  {
    kinds: ["frozen-picture", "black-picture", "audio-silence", "channel-silence", "test-pattern"],
    ...{ from: "major", afterMinutes: 5, to: "critical" },
    reason: "the programme is gone; a profile that keeps it at major meant a passing one",
  },
  {
    kinds: ["flat-picture", "block-corruption", "repeated-frames", "dropped-frames", "audio-dropout", "audio-stutter"],
    ...{ from: "minor", afterMinutes: 10, to: "major" },
    reason: "what viewers put up with for a moment they leave for after minutes",
  },
];

type Lasting = Pick<IncidentPart, "kind" | "severity" | "since" | "open">;

/** When a defect gets graver, if it lasts; null where it does not. */
export function graverAt({ kind, severity, since, open }: Lasting): string | null {
  const rule = open ? ruleOf(kind, severity) : undefined;
  return rule ? later(since, rule.afterMinutes * 60) : null;
}

/** How severe a defect is at that moment. One that is over lasts no more, however late that is heard. */
export function severityAt(lasting: Lasting, at: string): Severity {
  const graver = graverAt(lasting);
  const rule = ruleOf(lasting.kind, lasting.severity);
  return rule && graver !== null && graver <= at ? rule.to : lasting.severity;
}

function ruleOf(kind: string, severity: Severity): AgeingRule | undefined {
  return ageing.find((rule) => rule.from === severity && rule.kinds.includes(kind));
}
