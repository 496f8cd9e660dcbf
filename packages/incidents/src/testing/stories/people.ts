import { critical, hour, mia, opened, order, over, repair, type Story } from "../scenes.ts";
import { scene } from "../story.ts";

const heldAt1 = "1 incident.acknowledged acknowledged";
const heldAt60 = "60 incident.acknowledged acknowledged";

export const pressing: readonly Story[] = [
  {
    name: "what nobody acknowledges is passed on, three times, and repeated every four hours",
    ...{ scenes: [scene(0, critical)], untilSeconds: 9 * hour, incident: { escalation: 3 } },
    told: [
      ...[
        opened,
        "900 incident.updated escalated",
        "1800 incident.updated escalated",
        "2700 incident.updated escalated",
      ],
      ...["17100 incident.updated repeated", "31500 incident.updated repeated"],
    ],
  },
  {
    name: "an acknowledgement ends that, for four hours",
    scenes: [scene(0, critical), order(60, "acknowledge")],
    ...{ untilSeconds: 15_361, incident: { status: "open", acknowledged: null } },
    told: [...[opened, heldAt60, "14460 incident.updated acknowledgement-expired", "15360 incident.updated escalated"]],
  },
  {
    name: "or for as long as it says",
    scenes: [scene(0, critical), order(60, "acknowledge", 10)],
    ...{ untilSeconds: 700, incident: { status: "open" } },
    told: [opened, heldAt60, "660 incident.updated acknowledgement-expired"],
  },
  {
    name: "it ends with the incident",
    scenes: [scene(0), order(1, "acknowledge"), scene(10, over)],
    ...{ untilSeconds: 5 * hour, incident: { status: "resolved", acknowledged: null } },
    told: [opened, heldAt1, "40 incident.resolved resolved"],
  },
  {
    name: "worse is told all the same",
    scenes: [scene(0), order(1, "acknowledge"), scene(10, critical)],
    ...{ told: [opened, heldAt1, "10 incident.updated worsened"], incident: { status: "acknowledged" } },
  },
  {
    name: "the same order twice is one",
    scenes: [scene(0), order(1, "acknowledge"), [3, order(1, "acknowledge")[1]]],
    told: [opened, heldAt1],
  },
];

export const saying: readonly Story[] = [
  {
    name: "resolved, and it was",
    scenes: [scene(0), order(10, "resolve"), scene(20, over)],
    ...{ untilSeconds: hour, told: [opened, "10 incident.resolved resolved"] },
    incident: { parts: [{ open: false }], history: [{}, { by: mia, note: "still open: black-picture of s" }] },
  },
  {
    name: "resolved, and it was not",
    ...{ scenes: [scene(0, critical), order(10, "resolve")], untilSeconds: 400 },
    told: [opened, "10 incident.resolved resolved", "310 incident.updated reopened"],
  },
  {
    name: "no defect: it is not reopened, by what lasts or what comes back",
    scenes: [scene(0), order(10, "not-a-defect"), scene(20, over), scene(25, { id: "again" })],
    ...{ untilSeconds: hour, told: [opened, "10 incident.resolved not-a-defect"], incident: { status: "resolved" } },
  },
  {
    name: "reopened, it is open until somebody resolves it",
    scenes: [scene(0), scene(10, over), order(100, "reopen"), order(900, "resolve")],
    untilSeconds: hour,
    told: [
      ...[opened, "40 incident.resolved resolved", "100 incident.updated reopened", "900 incident.resolved resolved"],
    ],
  },
  {
    name: "what is resolved cannot be again, and what is open is not reopened",
    scenes: [scene(0), order(1, "reopen"), scene(10, over), order(50, "resolve"), order(60, "acknowledge")],
    told: [opened, "40 incident.resolved resolved"],
  },
];

export const repairs: readonly Story[] = [
  {
    name: "are in the audit trail, whatever order they come in",
    scenes: [scene(0), repair(5, "requested"), repair(6, "verifying"), repair(7, "acting"), repair(20, "succeeded")],
    told: [opened, "5 incident.updated repair-requested", "20 incident.updated repair-succeeded"],
    incident: {
      repairs: [{ id: "r1", action: "switch-source", status: "succeeded" }],
      history: [{}, {}, { note: "switch-source: verifying" }, { note: "switch-source: switched" }],
    },
  },
  {
    name: "keep it from being resolved until they are proven",
    scenes: [scene(0), repair(1, "requested"), scene(2, over), repair(60, "succeeded")],
    told: [
      ...[opened, "1 incident.updated repair-requested", "32 incident.updated changed"],
      ...["60 incident.updated repair-succeeded", "60 incident.resolved resolved"],
    ],
    incident: { status: "resolved" },
  },
  {
    name: "that came to nothing leave it to itself",
    scenes: [scene(0), repair(1, "requested"), scene(2, over), repair(60, "abandoned")],
    untilSeconds: 100,
    told: [
      ...[opened, "1 incident.updated repair-requested", "32 incident.updated changed"],
      ...["60 incident.updated repair-abandoned", "90 incident.resolved resolved"],
    ],
  },
];
