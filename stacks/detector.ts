import { deployment } from "./deployment.ts";
import { componentName } from "./names.ts";
import { type Permission, protectTask, readUploads, receive, send, useEvidence, useState } from "./permissions.ts";
import { queueNamed } from "./queues.ts";
import { service } from "./service.ts";
import { type GroupSettings, groups } from "./settings.ts";

/** Nobody calls a task: the port is for its own health check and for a scraper within the network. */
const healthPort = 8080;

/** The first debugger's port in `sst dev`; the next group has the next. */
const firstInspectorPort = 9229;

/** Of the units that tasks can carry, the share that is claimed: above it tasks are added, well below it removed. */
const claimedShareTarget = 0.7;

export const detectors = groups.map(deploy);

function deploy(group: GroupSettings, index: number) {
  const name = `Detector${componentName(group.name)}`;
  const deployed = service({
    name,
    folder: "detector",
    ...{ cpu: group.cpu, memory: group.memory, architecture: group.architecture },
    link: [deployment],
    permissions: permissionsOf(group),
    environment: { GLASSWATCH_GROUP: group.name, GLASSWATCH_HEALTH_PORT: `${$dev ? healthPort + index : healthPort}` },
    capacity: { fargate: { base: group.baseTasks, weight: 0 }, spot: { weight: 1 } },
    scaling: { min: group.baseTasks, max: group.mostTasks, cpuUtilization: false, memoryUtilization: false },
    inspectorPort: firstInspectorPort + index,
  });
  if (!$dev) scaleOnClaimedUnits(name, group, deployed);
  return { group, service: deployed };
}

function permissionsOf(group: GroupSettings): Permission[] {
  return [
    useState,
    ...useEvidence,
    readUploads,
    receive(queueNamed(`detect-${group.name}`)),
    // What it cannot go on with goes back.
    send(queueNamed(`detect-${group.name}`)),
    protectTask,
  ];
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
