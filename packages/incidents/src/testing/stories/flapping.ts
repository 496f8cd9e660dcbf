import { comingAndGoing, opened, type Story } from "../scenes.ts";
import { scene } from "../story.ts";

export const flapping: readonly Story[] = [
  {
    name: "three returns are none",
    ...{ scenes: comingAndGoing(4, 20), told: [opened, "35 incident.updated changed"] },
    incident: { flapping: false },
  },
  {
    name: "four within ten minutes are, which is told once; ten quiet minutes end it",
    scenes: comingAndGoing(8, 25),
    untilSeconds: 1200,
    told: [
      ...[opened, "35 incident.updated changed", "80 incident.updated joined", "100 incident.updated flapping"],
      "780 incident.resolved resolved",
    ],
    incident: { flapping: false },
  },
  {
    name: "what stays is steady, and open",
    scenes: [...comingAndGoing(5, 25), scene(130, { id: "stays" })],
    ...{ untilSeconds: 731, incident: { flapping: false, status: "open" } },
    told: [
      ...[opened, "35 incident.updated changed", "80 incident.updated joined", "100 incident.updated flapping"],
      ...["430 incident.updated worsened", "730 incident.updated steady"],
    ],
  },
  {
    name: "returns that reopen it count",
    scenes: comingAndGoing(5, 120),
    told: [
      ...[opened, "35 incident.resolved resolved", "120 incident.updated reopened", "155 incident.resolved resolved"],
      ...["240 incident.updated reopened", "275 incident.resolved resolved", "360 incident.updated reopened"],
      ...["395 incident.resolved resolved", "480 incident.updated flapping"],
    ],
  },
];
