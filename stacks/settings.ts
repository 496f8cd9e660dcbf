import { defaultGroups } from "@glasswatch/core/groups";

/** What the owner of the account decides. The rest of this folder follows from it and from `core`. */

export const isProduction = $app.stage === "production";

export interface GroupSettings {
  readonly name: string;
  /** Legal pairs: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
  readonly cpu: NonNullable<sst.aws.ServiceArgs["cpu"]>;
  readonly memory: NonNullable<sst.aws.ServiceArgs["memory"]>;
  /** arm64 costs a fifth less a core; x86_64 where a detector's model was measured on it only. */
  readonly architecture: "arm64" | "x86_64";
  /** Tasks that are there at all times, on capacity that AWS does not take back. */
  readonly baseTasks: number;
  /** Beyond the base on spot capacity, at about a third of the price. */
  readonly mostTasks: number;
}

const standard = isProduction
  ? ({ cpu: "4 vCPU", memory: "8 GB", architecture: "arm64", baseTasks: 2, mostTasks: 50 } as const)
  : ({ cpu: "1 vCPU", memory: "2 GB", architecture: "arm64", baseTasks: 1, mostTasks: 2 } as const);

/** A service a group of detectors. Where a group needs another size than the others, it says so here. */
export const groups: readonly GroupSettings[] = defaultGroups.map(({ name }) => ({ name, ...standard }));

/**
 * Whose tokens open the API: `{ issuer: "https://…", audiences: ["…"] }`. Without it, callers sign their requests with
 * credentials of IAM.
 */
export const tokenIssuer: { readonly issuer: string; readonly audiences: string[] } | null = null;

/** Requests a second to the API, of all callers together. */
export const requestRate = { steady: 100, burst: 200 } as const;

/**
 * Tasks in private subnets behind a NAT gateway, where a source admits known addresses only. At 5 Mbit/s its traffic costs more
 * than the analysis (docs/cost.md), so tasks have public addresses and let nothing in.
 */
export const hasNat: boolean = false;

/** Gets alarms; null where something else listens to the topic. */
export const alarmEmail: string | null = null;

/** Of the whole account: AWS counts no costs by tag unless an owner has switched that on. */
export const monthlyBudgetDollars = 300;

/**
 * Repairs of streams wait for answers; those of files encode, and have the file three times over on the disk (docs/cost.md). On
 * capacity that AWS does not take back: one task is always there.
 */
export const repairTasks = isProduction
  ? ({ cpu: "0.5 vCPU", memory: "4 GB", storage: "60 GB", architecture: "arm64", mostTasks: 4 } as const)
  : ({ cpu: "0.25 vCPU", memory: "2 GB", storage: "20 GB", architecture: "arm64", mostTasks: 1 } as const);

/** ARNs of state machines and functions of yours that the action `run-workflow` may start. */
export const workflowArns: readonly string[] = [];

/** ARNs of MediaLive channels whose input `switch-source` may switch. */
export const mediaLiveChannelArns: readonly string[] = [];

/** A state machine to learn from and to change, which `run-workflow` may start. It costs nothing while nobody does. */
export const hasSampleWorkflow: boolean = !isProduction;
