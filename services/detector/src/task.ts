import { availableParallelism, hostname } from "node:os";
import { z } from "zod";

/** What this process runs in: a task of ECS, or a machine of somebody's. */
export interface Task {
  /** Unique among all there are and were. In ECS the task's ARN, by which its leases are freed when it has stopped. */
  readonly id: string;
  /** That it may keep busy. A machine under a small task may show more of them than the task has. */
  readonly cores: number;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-response.html */
const metadataSchema = z.object({ TaskARN: z.string(), Limits: z.object({ CPU: z.number().positive() }) });

export async function describeTask(metadataUrl: string | null): Promise<Task> {
  if (metadataUrl === null) {
    return { id: `${hostname()}-${process.pid}-${crypto.randomUUID()}`, cores: availableParallelism() };
  }
  const response = await fetch(`${metadataUrl}/task`, { signal: AbortSignal.timeout(5_000) });
  const { TaskARN, Limits } = metadataSchema.parse(await response.json());
  return { id: TaskARN, cores: Limits.CPU };
}
