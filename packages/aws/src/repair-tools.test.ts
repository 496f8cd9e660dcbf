import { UnavailableError } from "@glasswatch/core/ports/errors";
import { afterAll, beforeEach, expect, test } from "vitest";
import {
  errorAnswer,
  openService,
  type ServiceAnswer,
  type ServiceRequest,
} from "../../../test/support/aws/json-service.ts";
import { openMediaInputs } from "./media-inputs.ts";
import { openWorkflows } from "./workflows.ts";

/** Step Functions, Lambda and MediaLive at one address: what they are asked, and what they answer. */
const asked: ServiceRequest[] = [];
let answer: (request: ServiceRequest) => ServiceAnswer;
const service = await openService(async (request) => {
  asked.push(request);
  return answer(request);
});
Object.assign(process.env, {
  ...{ AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
  ...{
    AWS_ENDPOINT_URL_SFN: service.url,
    AWS_ENDPOINT_URL_LAMBDA: service.url,
    AWS_ENDPOINT_URL_MEDIALIVE: service.url,
  },
  AWS_MAX_ATTEMPTS: "1",
});
afterAll(() => service.close());
beforeEach(() => {
  asked.length = 0;
  answer = () => ({ status: 200, body: "{}" });
});

const stateMachine = "arn:aws:states:eu-west-1:123456789012:stateMachine:Repair";
const lambda = "arn:aws:lambda:eu-west-1:123456789012:function:repair";
const input = { repairId: "r1" };

test("an execution is named by what it is for, and one of that name is started once", async () => {
  const workflows = openWorkflows();
  answer = () => ({ status: 200, body: JSON.stringify({ executionArn: "x", startDate: 1 }) });
  await workflows.start(stateMachine, "r1", input);
  const [request] = asked;
  expect(request?.target).toBe("AWSStepFunctions.StartExecution");
  expect(JSON.parse(request?.body ?? "")).toEqual({
    stateMachineArn: stateMachine,
    name: "r1",
    input: '{"repairId":"r1"}',
  });
  answer = () => errorAnswer(400, "ExecutionAlreadyExists");
  await workflows.start(stateMachine, "r1", input);
  answer = () => errorAnswer(400, "StateMachineDoesNotExist", "State Machine Does Not Exist");
  await expect(workflows.start(stateMachine, "r1", input)).rejects.toThrow("State Machine Does Not Exist");
  answer = () => errorAnswer(400, "ThrottlingException");
  await expect(workflows.start(stateMachine, "r1", input)).rejects.toThrow(UnavailableError);
});

test("a function is not waited for", async () => {
  answer = () => ({ status: 202, body: "" });
  await openWorkflows().start(lambda, "r1", input);
  const [{ path, body } = { path: "", body: "" }] = asked;
  expect(decodeURIComponent(path)).toBe(`/2015-03-31/functions/${lambda}/invocations`);
  expect(JSON.parse(body)).toEqual({ repairId: "r1", name: "r1" });
});

test("a channel is switched to another of its inputs at once, and once", async () => {
  const inputs = openMediaInputs();
  const attachments = ["primary", "backup"].map((inputAttachmentName) => ({ inputAttachmentName }));
  const pipelineDetails = [{ activeInputAttachmentName: "primary" }];
  answer = () => ({ status: 200, body: JSON.stringify({ inputAttachments: attachments, pipelineDetails }) });
  expect(await inputs.of("7")).toEqual({ names: ["primary", "backup"], active: "primary" });
  expect(asked[0]?.path).toBe("/prod/channels/7");

  answer = () => ({ status: 200, body: "{}" });
  await inputs.switchTo("7", "backup", "r1");
  expect(asked[1]).toMatchObject({ method: "PUT", path: "/prod/channels/7/schedule" });
  const action = {
    actionName: "r1",
    scheduleActionSettings: { inputSwitchSettings: { inputAttachmentNameReference: "backup" } },
    scheduleActionStartSettings: { immediateModeScheduleActionStartSettings: {} },
  };
  expect(JSON.parse(asked[1]?.body ?? "")).toEqual({ creates: { scheduleActions: [action] } });

  let scheduled: readonly object[] = [action];
  answer = ({ method }) =>
    method === "PUT"
      ? errorAnswer(422, "UnprocessableEntityException", "no such input")
      : { status: 200, body: JSON.stringify({ scheduleActions: scheduled }) };
  await inputs.switchTo("7", "backup", "r1");
  scheduled = [];
  await expect(inputs.switchTo("7", "spare", "r2")).rejects.toThrow("no such input");
});
