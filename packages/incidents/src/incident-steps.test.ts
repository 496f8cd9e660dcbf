import type { Incident, IncidentPart } from "@glasswatch/core/incident";
import { severities } from "@glasswatch/core/severity";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { samplePart } from "../../../test/support/sample-incident.ts";
import { stepsOf } from "./incident-steps.ts";

const at = "2030-01-01T00:00:00.000Z";
const facts = { id: "i", number: 1, key: "stream:s", streamId: "s", at };

function part(id: string, severity: IncidentPart["severity"] = "major", open = true): IncidentPart {
  return samplePart({ id, kind: "black-picture", severity, open });
}

/** What became of an incident, by parts that came one after the other. */
function after(...parts: readonly IncidentPart[]) {
  let incident: Incident | null = null;
  const told: string[] = [];
  for (const each of parts) {
    for (const step of stepsOf(incident, each, facts)) {
      incident = step.incident;
      told.push(`${step.detailType} ${incident.version}`);
    }
  }
  return { incident: incident as Incident | null, told };
}

interface Case {
  readonly name: string;
  readonly parts: readonly IncidentPart[];
  readonly told: readonly string[];
  readonly severity?: string;
}

const cases: readonly Case[] = [
  { name: "a major defect opens one", parts: [part("a")], told: ["incident.opened 1"], severity: "major" },
  { name: "a minor one does not", parts: [part("a", "minor")], told: [] },
  { name: "nor does one that is only for information", parts: [part("a", "info")], told: [] },
  {
    name: "a minor one joins what is open",
    parts: [part("a"), part("b", "minor")],
    told: ["incident.opened 1", "incident.updated 2"],
    severity: "major",
  },
  { name: "one for information does not join", parts: [part("a"), part("b", "info")], told: ["incident.opened 1"] },
  {
    name: "one that is over does not join",
    parts: [part("a"), part("b", "major", false)],
    told: ["incident.opened 1"],
  },
  { name: "the same again says nothing", parts: [part("a"), part("a")], told: ["incident.opened 1"] },
  {
    name: "the incident is as severe as the worst that it has been",
    parts: [part("a"), part("a", "critical"), part("a", "major")],
    told: ["incident.opened 1", "incident.updated 2", "incident.updated 3"],
    severity: "critical",
  },
  {
    name: "it is resolved with the last of its defects",
    parts: [part("a"), part("b"), part("a", "major", false), part("b", "major", false)],
    told: ["incident.opened 1", "incident.updated 2", "incident.updated 3", "incident.resolved 4"],
  },
  {
    name: "a defect that is over already is told as well",
    parts: [part("a", "critical", false)],
    told: ["incident.opened 1", "incident.resolved 2"],
  },
];

test.each(cases)("$name", ({ parts, told, severity }) => {
  const { incident, told: heard } = after(...parts);
  expect(heard).toEqual(told);
  if (severity) expect(incident?.severity).toBe(severity);
  expect(incident?.resolvedAt ?? null).toBe(incident?.status === "resolved" ? at : null);
});

describe("more defects than an incident holds", () => {
  const many = Array.from({ length: 250 }, (_, n) => part(`d${n}`));

  test("the first 200 are named, the others counted", () => {
    const { incident } = after(...many);
    expect(incident?.parts).toHaveLength(200);
    expect(incident?.furtherParts).toBe(50);
  });

  test("those that are over make room", () => {
    const { incident } = after(...many.slice(0, 200), part("d0", "major", false), part("new"));
    expect(incident?.parts).toHaveLength(200);
    expect(incident?.parts.map(({ id }) => id)).toContain("new");
    expect(incident?.parts.map(({ id }) => id)).not.toContain("d0");
  });
});

const ids = fc.constantFrom("a", "b", "c", "d");
const defects = fc.dictionary(ids, fc.record({ severity: fc.constantFrom(...severities), open: fc.boolean() }));

test("defects as they stand now, in any order and twice, give the same open set", () => {
  const property = fc.property(
    defects.chain((known) => {
      const parts = Object.entries(known).map(([id, { severity, open }]) => part(id, severity, open));
      return fc.tuple(fc.constant(parts), fc.shuffledSubarray([...parts, ...parts], { minLength: 2 * parts.length }));
    }),
    ([parts, shuffled]) => {
      // Something that is open from the start keeps the incident from being resolved in between.
      const openOf = (order: readonly IncidentPart[]) =>
        after(part("always"), ...order).incident?.parts.filter(({ open }) => open);
      const byId = (a: IncidentPart, b: IncidentPart) => a.id.localeCompare(b.id);
      expect(openOf(shuffled)?.toSorted(byId)).toEqual(openOf(parts)?.toSorted(byId));
      const { told } = after(part("always"), ...shuffled);
      expect(told.filter((step) => step.startsWith("incident.opened"))).toHaveLength(1);
      expect(told.map((step) => Number(step.split(" ")[1]))).toEqual(told.map((_, index) => index + 1));
    },
  );
  fc.assert(property);
});
