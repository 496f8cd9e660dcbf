import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { JsonObject } from "@glasswatch/core/json";
import type { Workflows } from "@glasswatch/core/ports/workflows";
import { answerOf } from "./errors.ts";
import { requestHandler } from "./request-handler.ts";

/** State machines of Step Functions, and functions of Lambda. */
export function openWorkflows(): Workflows {
  const states = new SFNClient({ requestHandler });
  const lambda = new LambdaClient({ requestHandler });

  /** Of a standard state machine: the same name starts nothing for 90 days, and is refused where its execution is over. */
  async function execute(stateMachineArn: string, name: string, input: JsonObject): Promise<void> {
    const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
    try {
      await answerOf(states.send(command));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }

  /** Asynchronously: Lambda keeps what it accepted, and tries it again. */
  async function invoke(FunctionName: string, name: string, input: JsonObject): Promise<void> {
    const Payload = JSON.stringify({ ...input, name });
    await answerOf(lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload })));
  }

  return { start: (arn, name, input) => (arn.split(":")[2] === "states" ? execute : invoke)(arn, name, input) };
}
