import { deployment } from "./deployment.ts";
import {
  dropParts,
  type Permission,
  protectTask,
  readUploads,
  receive,
  setTimers,
  useEvidence,
  useState,
} from "./permissions.ts";
import { queueNamed } from "./queues.ts";
import { sampleWorkflow } from "./sample-workflow.ts";
import { repairEndpoints } from "./secrets.ts";
import { service } from "./service.ts";
import { mediaLiveChannelArns, repairTasks, workflowArns } from "./settings.ts";

/** Beside those of the detectors, in `sst dev`. */
const devHealthPort = 8079;
const inspectorPort = 9228;

/** In a task's definition a secret could be read by whoever may look at tasks. */
const endpoints = new aws.ssm.Parameter("RepairEndpointsParameter", {
  type: "SecureString",
  value: repairEndpoints.value,
});

const { mostTasks, ...size } = repairTasks;

export const repair = service({
  name: "Repair",
  folder: "repair",
  ...size,
  link: [deployment],
  permissions: permissions(),
  environment: {
    GLASSWATCH_HEALTH_PORT: `${$dev ? devHealthPort : 8080}`,
    // `sst dev` starts the service here, where no parameters are put into its environment.
    ...($dev && { GLASSWATCH_REPAIR_ENDPOINTS: repairEndpoints.value }),
  },
  secrets: { GLASSWATCH_REPAIR_ENDPOINTS: endpoints.arn },
  capacity: { fargate: { base: 1, weight: 1 } },
  scaling: { min: 1, max: mostTasks, cpuUtilization: 70, memoryUtilization: false },
  inspectorPort,
});

function permissions(): Permission[] {
  const started = [...workflowArns, ...(sampleWorkflow ? [sampleWorkflow.arn] : [])];
  const stateMachines = started.filter((arn) => typeof arn !== "string" || arn.includes(":states:"));
  const functions = workflowArns.filter((arn) => arn.includes(":lambda:"));
  const may = (actions: Permission["actions"], resources: Permission["resources"] & readonly unknown[]) =>
    resources.length === 0 ? [] : [{ actions, resources }];
  return [
    useState,
    ...useEvidence,
    dropParts,
    readUploads,
    ...setTimers,
    protectTask,
    receive(queueNamed("repair"), queueNamed("file-repairs")),
    ...may(["states:StartExecution"], stateMachines),
    ...may(["lambda:InvokeFunction"], functions),
    ...may(
      ["medialive:DescribeChannel", "medialive:DescribeSchedule", "medialive:BatchUpdateSchedule"],
      [...mediaLiveChannelArns],
    ),
  ];
}
