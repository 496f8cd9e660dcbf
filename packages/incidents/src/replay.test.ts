import { type Incident, incidentSchema } from "@glasswatch/core/incident";
import { severities } from "@glasswatch/core/severity";
import { incidentAgendaSchema } from "@glasswatch/core/state/incident-agenda";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { IncidentRecord } from "./step.ts";
import { order, repair, silence } from "./testing/scenes.ts";
import { moment, play, type Scene, scene } from "./testing/story.ts";

const kinds = fc.constantFrom("black-picture", "frozen-picture", "audio-silence", "audio-hum", "stream-stalled");
const seconds = fc.integer({ min: 0, max: 3600 });

/** A finding's life, in scenes. */
const finding = fc.record({
  ...{ kind: kinds, severity: fc.constantFrom(...severities), from: seconds, lasts: fc.integer({ min: 0, max: 600 }) },
});

const scenes = fc
  .tuple(
    fc.array(finding, { minLength: 1, maxLength: 12 }),
    fc.array(fc.tuple(seconds, fc.constantFrom("acknowledge", "resolve", "not-a-defect", "reopen")), { maxLength: 4 }),
    fc.array(fc.tuple(seconds, fc.constantFrom("requested", "acting", "succeeded")), { maxLength: 3 }),
  )
  .map(([findings, orders, repairs]): readonly Scene[] =>
    [
      ...findings.flatMap(({ kind, severity, from, lasts }, index) => [
        scene(from, { id: `f${index}`, kind, severity }),
        scene(from + lasts, { id: `f${index}`, kind, severity, open: false, since: moment(from) }),
      ]),
      ...orders.map(([at, type]) => order(at, type as Parameters<typeof order>[1])),
      ...repairs.map(([at, status]) => repair(at, status as Parameters<typeof repair>[1])),
    ].toSorted(([a], [b]) => a - b),
  );

const setup = {
  silences: [silence({ id: "night", match: { kinds: ["audio-hum", "black-picture"] }, from: moment(900) })],
  untilSeconds: 12 * 3600,
};

/** As it comes back from its row. */
function stored(record: IncidentRecord | null): IncidentRecord | null {
  return (
    record && {
      incident: roundTrip(incidentSchema, record.incident),
      agenda: roundTrip(incidentAgendaSchema, record.agenda),
    }
  );
}

function roundTrip<Value>(schema: { parse(value: unknown): Value }, value: Value): Value {
  return schema.parse(JSON.parse(JSON.stringify(value)));
}

test("the same events give the same incident, also continued from its row at any point", () => {
  const property = fc.property(scenes, fc.nat({ max: 40 }), (told, place) => {
    const cut = Math.min(place, told.length);
    const whole = play(told, setup);
    const before = play(told.slice(0, cut), { silences: setup.silences });
    const after = play(told.slice(cut), setup, stored(before.record));
    expect(after.record).toEqual(whole.record);
    expect([...before.told, ...after.told]).toEqual(whole.told);
  });
  fc.assert(property, { numRuns: 100 });
});

test("whatever happens twice in a row, or is looked at too often, happens once", () => {
  const property = fc.property(scenes, fc.array(seconds, { maxLength: 20 }), (told, looks) => {
    const twice = told.flatMap((each) => [each, each]);
    const looked = [...twice, ...looks.map((at): Scene => [at, { type: "look", reopens: null }])];
    const played = play(
      looked.toSorted(([a], [b]) => a - b),
      setup,
    );
    expect(played).toEqual(play(told, setup));
  });
  fc.assert(property, { numRuns: 100 });
});

const ids = fc.constantFrom("a", "b", "c", "d");
const defects = fc.dictionary(ids, fc.record({ severity: fc.constantFrom(...severities), open: fc.boolean() }));

test("defects as they stand now, in any order and twice, leave open what is open", () => {
  const property = fc.property(
    defects.chain((known) => {
      const parts = Object.entries(known).map(([id, part]) => scene(1, { id, ...part }));
      return fc.tuple(fc.constant(parts), fc.shuffledSubarray([...parts, ...parts], { minLength: 2 * parts.length }));
    }),
    ([parts, shuffled]) => {
      const openOf = ({ incident }: { readonly incident: Incident }) =>
        incident.parts.filter(({ open }) => open).toSorted((a, b) => a.id.localeCompare(b.id));
      const played = play([scene(0), ...shuffled]);
      expect(openOf(played)).toEqual(openOf(play([scene(0), ...parts])));
      expect(played.told.filter((told) => told.includes("incident.opened"))).toHaveLength(1);
    },
  );
  fc.assert(property);
});
