import { cluster } from "./cluster.ts";
import { deployment } from "./deployment.ts";
import { componentName } from "./names.ts";
import { type Permission, readUploads, receive, send, useEvidence, useState } from "./permissions.ts";
import { queueNamed } from "./queues.ts";
import { type GroupSettings, groups } from "./settings.ts";

/** Nobody calls a task: the port is for its own health check and for a scraper within the network. */
const healthPort = 8080;

/** The first debugger's port in `sst dev`; the next group has the next. */
const firstInspectorPort = 9229;

/** SIGTERM to SIGKILL. A task hands over and drains within 25 s. */
const stopSeconds = 30;

/** Of the units that tasks can carry, the share that is claimed: above it tasks are added, well below it removed. */
const claimedShareTarget = 0.7;

const tasksOfCluster = cluster.nodes.cluster.arn.apply((arn) => `${arn.replace(":cluster/", ":task/")}/*`);

export const detectors = groups.map(deploy);

function deploy(group: GroupSettings, index: number) {
  const name = `Detector${componentName(group.name)}`;
  const service = new sst.aws.Service(name, {
    cluster,
    cpu: group.cpu,
    memory: group.memory,
    architecture: group.architecture,
    image: { context: ".", dockerfile: "services/detector/Dockerfile" },
    link: [deployment],
    permissions: permissionsOf(group),
    environment: { GLASSWATCH_GROUP: group.name, GLASSWATCH_HEALTH_PORT: `${$dev ? healthPort + index : healthPort}` },
    capacity: { fargate: { base: group.baseTasks, weight: 0 }, spot: { weight: 1 } },
    scaling: { min: group.baseTasks, max: group.mostTasks, cpuUtilization: false, memoryUtilization: false },
    health: {
      command: ["CMD", "node", "services/detector/src/health-check.ts"],
      startPeriod: "30 seconds",
      interval: "15 seconds",
      timeout: "5 seconds",
      retries: 3,
    },
    logging: { retention: "1 month" },
    dev: {
      command: `node --inspect=127.0.0.1:${firstInspectorPort + index} services/detector/src/main.ts`,
      directory: ".",
      autostart: true,
    },
    transform: {
      taskRole: (args) => {
        // SST adds the rights of ECS Exec on every resource; a shell needs a root that can be written, and there is none.
        args.inlinePolicies = [{ name: "inline", policy: policyOf(permissionsOf(group)) }];
      },
      executionRole: (args) => {
        // SST lets every task read every parameter and secret of the account; these have none to read.
        args.inlinePolicies = [];
      },
      taskDefinition: (args) => {
        args.containerDefinitions = $output(args.containerDefinitions).apply(hardened);
        args.volumes = [{ name: "tmp" }];
      },
      service: (args) => {
        args.enableExecuteCommand = false;
        args.propagateTags = "SERVICE";
      },
    },
  });
  if (!$dev) scaleOnClaimedUnits(name, group, service);
  return { group, service };
}

/** The container as AWS should run it: nothing listens to the world, nothing but /tmp is written. */
function hardened(definitions: string): string {
  const containers: object[] = JSON.parse(definitions);
  return JSON.stringify(
    containers.map((container) => ({
      ...container,
      pseudoTerminal: false,
      readonlyRootFilesystem: true,
      stopTimeout: stopSeconds,
      portMappings: [],
      mountPoints: [{ sourceVolume: "tmp", containerPath: "/tmp", readOnly: false }],
    })),
  );
}

function permissionsOf(group: GroupSettings): Permission[] {
  return [
    useState,
    ...useEvidence,
    readUploads,
    receive(queueNamed(`detect-${group.name}`)),
    // What it cannot go on with goes back.
    send(queueNamed(`detect-${group.name}`)),
    // A task learns its id when it runs, so the wildcard spans the tasks of this cluster.
    { actions: ["ecs:GetTaskProtection", "ecs:UpdateTaskProtection"], resources: [tasksOfCluster] },
  ];
}

function policyOf(permissions: readonly Permission[]): $util.Output<string> {
  return aws.iam.getPolicyDocumentOutput({
    statements: permissions.map(({ actions, resources, conditions }) => ({ actions, resources, conditions })),
  }).json;
}

/** The containers tell the share themselves (EMF); CPU says little where half a core is kept for the next stream. */
function scaleOnClaimedUnits(name: string, group: GroupSettings, service: sst.aws.Service): void {
  const target = service.nodes.autoScalingTarget;
  new aws.appautoscaling.Policy(`${name}ClaimedUnits`, {
    serviceNamespace: target.serviceNamespace,
    scalableDimension: target.scalableDimension,
    resourceId: target.resourceId,
    policyType: "TargetTrackingScaling",
    targetTrackingScalingPolicyConfiguration: {
      customizedMetricSpecification: {
        namespace: "Glasswatch",
        metricName: "ClaimedUnitShare",
        statistic: "Average",
        dimensions: [{ name: "Group", value: group.name }],
      },
      targetValue: claimedShareTarget,
      scaleOutCooldown: 60,
      scaleInCooldown: 600,
    },
  });
}
