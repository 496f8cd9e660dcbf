import { randomUUID } from "node:crypto";
import { CreateScheduleCommand, type SchedulerClient } from "@aws-sdk/client-scheduler";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Table } from "@glasswatch/core/ports/table";
import type { Timers } from "@glasswatch/core/ports/timers";
import { wasFirst } from "@glasswatch/core/ports/was-first";
import { answerOf } from "./errors.ts";
import type { AwsResources } from "./resources.ts";
import { openTimerRows, timerKey } from "./timer-rows.ts";

/** SQS keeps a message back for 15 minutes at the longest. */
const longestDelaySeconds = 900;

export interface TimerSettings {
  readonly sqs: SQSClient;
  readonly scheduler: SchedulerClient;
  readonly schedules: AwsResources["schedules"];
  readonly queueUrl: string;
  readonly table: Table;
  readonly now: () => Date;
}

/**
 * A timer is a row and a message that arrives in the queue `timers` when it is due: by a delay of SQS, and beyond 15
 * minutes by a schedule of EventBridge Scheduler, which deletes itself. Neither can be taken back once it is on its way;
 * the message names the setting of the timer that it is for, and one that is replaced or cancelled rings in vain.
 */
export function openTimers({ sqs, scheduler, schedules, queueUrl, table, now }: TimerSettings): Timers {
  const rows = openTimerRows(table);

  async function delay(ring: string, seconds: number): Promise<void> {
    const DelaySeconds = Math.max(0, Math.ceil(seconds));
    await answerOf(sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: ring, DelaySeconds })));
  }

  async function schedule(ring: string, token: string, dueAt: Date): Promise<void> {
    const second = new Date(Math.ceil(dueAt.getTime() / 1000) * 1000).toISOString().slice(0, 19);
    const command = new CreateScheduleCommand({
      Name: token,
      GroupName: schedules.groupName,
      ScheduleExpression: `at(${second})`,
      ScheduleExpressionTimezone: "UTC",
      FlexibleTimeWindow: { Mode: "OFF" },
      ActionAfterCompletion: "DELETE",
      ClientToken: token,
      Target: { Arn: schedules.queueArn, RoleArn: schedules.roleArn, Input: ring },
    });
    await answerOf(scheduler.send(command));
  }

  return {
    async at(key, dueAt, event) {
      const token = randomUUID();
      await rows.change(timerKey(key), () => ({ value: { token, dueAt: dueAt.toISOString(), event } }));
      const ring = JSON.stringify({ key, token });
      const seconds = (dueAt.getTime() - now().getTime()) / 1000;
      await (seconds <= longestDelaySeconds ? delay(ring, seconds) : schedule(ring, token, dueAt));
    },
    async cancel(key) {
      const stored = await rows.get(timerKey(key));
      if (!stored) return;
      // Whoever was faster set it anew, or removed it.
      await wasFirst(rows.remove(timerKey(key), stored.version));
    },
  };
}
