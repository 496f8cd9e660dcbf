import type { DetectorGroup } from "@glasswatch/core/groups";
import { consumerQueues, detectQueue, type QueueDeclaration } from "@glasswatch/core/queues";
import { routes } from "@glasswatch/core/routes";
import type { WorkerTimes } from "@glasswatch/worker/times";

/** What a worker's process is started with. Plain data. */
export interface WorkerOrder {
  readonly folder: string;
  readonly owner: string;
  readonly group: DetectorGroup;
  /** Those of the product, unless given. */
  readonly times?: WorkerTimes;
  /** Of the detector queues: after so long, what a killed worker had taken comes again. */
  readonly visibilitySeconds: number;
}

export const worldRoutes = routes;

export function worldQueues(groups: readonly DetectorGroup[], visibilitySeconds: number): readonly QueueDeclaration[] {
  return [...consumerQueues, ...groups.map(({ name }) => ({ ...detectQueue(name), visibilitySeconds }))];
}
