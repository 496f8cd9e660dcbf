import { timersQueue } from "@glasswatch/core/queues";
import { bus } from "./bus.ts";
import { evidence } from "./evidence.ts";
import { queueNamed, queues } from "./queues.ts";
import { state } from "./state.ts";
import { scheduleGroup, schedulerRole } from "./timers.ts";

/**
 * `Resource.Deployment`: what was made here, by name and address, as `packages/aws/src/resources.ts` reads it. The links of SST's
 * own components would grant every action on each; what a function or a task may do is in permissions.ts.
 */
export const deployment = new sst.Linkable("Deployment", {
  properties: {
    tableName: state.name,
    busName: bus.name,
    bucketName: evidence.name,
    queues: queues.map(({ declaration, queue, deadLetters }) => ({
      name: declaration.name,
      visibilitySeconds: declaration.visibilitySeconds,
      url: queue.url,
      deadLetterUrl: deadLetters.url,
    })),
    schedules: {
      groupName: scheduleGroup.name,
      queueArn: queueNamed(timersQueue.name).queue.arn,
      roleArn: schedulerRole.arn,
    },
  },
});
