import { bus } from "./bus.ts";
import { hasSampleWorkflow } from "./settings.ts";
import { state } from "./state.ts";

/** How often it is looked whether the repair is verified. */
const waitSeconds = 15;

/** Beyond the longest verification that policies ask for. */
const timeoutSeconds = 3600;

/**
 * A state machine for the action `run-workflow`, to be copied and changed: act, wait, verify, and resolve or escalate. Its
 * execution is named by the repair, which measures meanwhile whether the defect is gone. What acts here is whoever listens to
 * `workflow.act` on the bus: put in its place what restarts your encoder.
 */
export const sampleWorkflow = hasSampleWorkflow ? deploy() : null;

function deploy(): aws.sfn.StateMachine {
  const role = new aws.iam.Role("SampleWorkflowRole", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "states.amazonaws.com" }),
    inlinePolicies: [
      {
        name: "inline",
        policy: aws.iam.getPolicyDocumentOutput({
          statements: [
            { actions: ["events:PutEvents"], resources: [bus.arn] },
            { actions: ["dynamodb:GetItem"], resources: [state.arn] },
          ],
        }).json,
      },
    ],
  });
  return new aws.sfn.StateMachine("SampleWorkflow", { roleArn: role.arn, definition: $jsonStringify(definition()) });
}

/** In the Amazon States Language: https://states-language.net. What it is given is in packages/repair/src/request-of.ts. */
function definition() {
  return {
    StartAt: "Act",
    TimeoutSeconds: timeoutSeconds,
    States: {
      Act: { ...tell("workflow.act"), Next: "Wait" },
      Wait: { Type: "Wait", Seconds: waitSeconds, Next: "Verify" },
      Verify: {
        Type: "Task",
        Resource: "arn:aws:states:::dynamodb:getItem",
        Parameters: {
          TableName: state.name,
          Key: { pk: { "S.$": "States.Format('repair#{}', $.repairId)" }, sk: { S: "repair" } },
          ConsistentRead: true,
        },
        ResultSelector: { "repair.$": "States.StringToJson($.Item.value.S)" },
        ResultPath: "$.read",
        Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 5 }],
        Next: "Verified",
      },
      Verified: {
        Type: "Choice",
        Choices: [
          { Variable: "$.read.repair.status", StringEquals: "succeeded", Next: "Resolved" },
          { Variable: "$.read.repair.status", StringEquals: "failed", Next: "Escalate" },
          { Variable: "$.read.repair.status", StringEquals: "abandoned", Next: "Escalate" },
        ],
        Default: "Wait",
      },
      Resolved: { Type: "Succeed" },
      Escalate: { ...tell("workflow.escalated"), Next: "NotRepaired" },
      NotRepaired: { Type: "Fail", Error: "NotRepaired", Cause: "the defect is not measured to be gone" },
    },
  };
}

/** On the bus, where a rule of yours may listen. */
function tell(detailType: string) {
  const entry = { EventBusName: bus.name, Source: "glasswatch.workflow", DetailType: detailType, "Detail.$": "$" };
  return {
    Type: "Task",
    Resource: "arn:aws:states:::events:putEvents",
    Parameters: { Entries: [entry] },
    ResultPath: null,
    Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 5 }],
  };
}
