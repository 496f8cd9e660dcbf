import { errorAnswer, openService, type Service } from "./json-service.ts";

export interface Schedule {
  readonly name: string;
  readonly groupName: string;
  /** `at(2026-03-01T12:00:00)` */
  readonly expression: string;
  readonly queueArn: string;
  readonly input: string;
  readonly deletesItself: boolean;
}

export interface ScheduleService extends Service {
  schedules(): readonly Schedule[];
}

/** CreateSchedule of EventBridge Scheduler. What is scheduled lies there: nothing here waits a quarter of an hour. */
export async function openScheduleService(): Promise<ScheduleService> {
  const schedules: Schedule[] = [];

  const service = await openService(async ({ method, path, body }) => {
    const name = /^\/schedules\/([0-9a-zA-Z-_.]{1,64})$/.exec(path)?.[1];
    if (method !== "POST" || name === undefined) return errorAnswer(404, "ResourceNotFoundException");
    if (schedules.some((schedule) => schedule.name === name)) return errorAnswer(409, "ConflictException");
    const request = JSON.parse(body);
    schedules.push({
      name,
      groupName: request.GroupName,
      expression: request.ScheduleExpression,
      queueArn: request.Target.Arn,
      input: request.Target.Input,
      deletesItself: request.ActionAfterCompletion === "DELETE",
    });
    const ScheduleArn = `arn:aws:scheduler:us-east-1:000000000000:schedule/${request.GroupName}/${name}`;
    return { status: 200, body: JSON.stringify({ ScheduleArn }) };
  });

  return { ...service, schedules: () => schedules };
}
