/** How a queue treats its messages, wherever it runs. */
export interface QueueDeclaration {
  readonly name: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
  /** How long a message stays hidden after the last sign of life of whoever took it. */
  readonly visibilitySeconds: number;
  /** Taken so often without being done, a message is dead. */
  readonly tries: number;
  /** What its messages ask for takes minutes to hours, so that others wait behind them. */
  readonly isSlow?: true;
}

/** The queues of consumers, which routes lead to. */
export const consumerQueues = [
  { name: "incidents", purpose: "findings and states of streams become incidents", visibilitySeconds: 60, tries: 5 },
  { name: "notify", purpose: "incidents are told to people", visibilitySeconds: 120, tries: 8 },
  { name: "repair", purpose: "incidents are repaired where policy allows", visibilitySeconds: 120, tries: 5 },
  {
    name: "file-repairs",
    purpose: "copies of scanned files are repaired",
    visibilitySeconds: 120,
    tries: 5,
    isSlow: true,
  },
  { name: "archive", purpose: "every event is kept", visibilitySeconds: 60, tries: 8 },
] as const satisfies readonly QueueDeclaration[];

export type ConsumerQueue = (typeof consumerQueues)[number]["name"];

/** Where time-outs wait on AWS, and arrive when they are due. */
export const timersQueue = {
  name: "timers",
  purpose: "time-outs that are due become events",
  visibilitySeconds: 60,
  tries: 8,
} as const satisfies QueueDeclaration;

/** The queue of a detector group: invitations to scan a file, or to claim a stream's lease. */
export function detectQueue(group: string): QueueDeclaration {
  return {
    name: `detect-${group}`,
    purpose: `scans and streams wait for detectors of group ${group}`,
    visibilitySeconds: 60,
    tries: 5,
    isSlow: true,
  };
}
