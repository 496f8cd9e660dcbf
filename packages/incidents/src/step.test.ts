import { describe, expect, test } from "vitest";
import { critical, over, type Story } from "./testing/scenes.ts";
import { ending, opening, severity } from "./testing/stories/defects.ts";
import { flapping } from "./testing/stories/flapping.ts";
import { muting } from "./testing/stories/muting.ts";
import { pressing, repairs, saying } from "./testing/stories/people.ts";
import { play, scene } from "./testing/story.ts";

const stories: Readonly<Record<string, readonly Story[]>> = {
  "what opens an incident, and what joins": opening,
  "severity over time": severity,
  "the end": ending,
  "what mutes": muting,
  "what comes and goes": flapping,
  "who is pressed": pressing,
  "what people say": saying,
  repairs,
};

describe.each(Object.entries(stories))("%s", (_, cases) => {
  test.each(cases)("$name", ({ scenes, told, incident, ...setup }) => {
    const played = play(scenes, setup);
    expect(played.told).toEqual(told);
    if (incident) expect(played.incident).toMatchObject(incident);
  });
});

describe("an incident of very many defects", () => {
  const click = (index: number) => scene(0, { id: `d${index}`, kind: "audio-click" });
  const full = play(Array.from({ length: 200 }, (_, index) => click(index))).record;

  test("keeps the first 200 of them and counts the rest, whose severity counts", () => {
    const { incident } = play([click(200), click(201), scene(1, { id: "worst", ...critical })], {}, full);
    expect(incident).toMatchObject({ furtherParts: 3, severity: "critical" });
    expect(incident.parts).toHaveLength(200);
  });

  test("those that are over make room", () => {
    const { incident } = play([scene(1, { id: "d0", kind: "audio-click", ...over }), scene(2)], {}, full);
    expect(incident.parts.map(({ id }) => id)).toContain("black-picture");
    expect(incident.parts.map(({ id }) => id)).not.toContain("d0");
  });

  test("keeps the latest 200 lines of its audit trail, and counts the rest", () => {
    const { incident } = play([click(200), click(201)], {}, full);
    expect(incident.history).toHaveLength(200);
    expect(incident.furtherHistory).toBe(2);
  });
});
