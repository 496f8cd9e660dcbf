import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultGroups } from "@glasswatch/core/groups";
import { keepDaysSteps } from "@glasswatch/core/keep-days";
import { consumerQueues, detectQueue, timersQueue } from "@glasswatch/core/queues";
import { routes } from "@glasswatch/core/routes";
import { beforeAll, describe, expect, test } from "vitest";
import { all, dev, type Graph, graphOf, production, shortName, staging } from "./graph.ts";
import { rolesOf, type Statement, statementsOf } from "./policies.ts";
import { root } from "./sst-platform.ts";
import { summaryOf } from "./summary.ts";

const stages = { production, staging, dev };
const graphs: Partial<Record<keyof typeof stages, Graph>> = {};

beforeAll(async () => {
  // One after the other: each takes a core and a half.
  for (const [name, deployment] of Object.entries(stages)) {
    graphs[name as keyof typeof stages] = await graphOf(deployment);
  }
});

function graph(name: keyof typeof stages): Graph {
  const found = graphs[name];
  if (!found) throw new Error(`the program did not run for ${name}`);
  return found;
}

interface QueueInputs {
  readonly name: string;
  readonly visibilityTimeoutSeconds: number;
  readonly messageRetentionSeconds: number;
  readonly sqsManagedSseEnabled: boolean;
  readonly redrivePolicy?: string;
}

interface RuleInputs {
  readonly eventBusName: string;
  readonly eventPattern: string;
}

interface TargetInputs {
  readonly rule: string;
  readonly arn: string;
  readonly retryPolicy: { readonly maximumEventAgeInSeconds: number; readonly maximumRetryAttempts: number };
  readonly deadLetterConfig: { readonly arn: string };
}

interface MappingInputs {
  readonly eventSourceArn: string;
  readonly functionName: string;
  readonly functionResponseTypes: readonly string[];
}

interface FunctionInputs {
  readonly timeout: number;
}

interface Container {
  readonly image: string;
  readonly readonlyRootFilesystem: boolean;
  readonly stopTimeout: number;
  readonly portMappings: readonly unknown[];
  readonly healthCheck?: object;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
}

/** Fargate's memory for a task of so many CPU units, in MB: steps of 1 GB, of 4 GB from 8 cores, of 8 GB from 16. */
const fargateMemory: Readonly<Record<string, { readonly from: number; readonly to: number; readonly step: number }>> = {
  256: { from: 512, to: 2048, step: 512 },
  512: { from: 1024, to: 4096, step: 1024 },
  1024: { from: 2048, to: 8192, step: 1024 },
  2048: { from: 4096, to: 16_384, step: 1024 },
  4096: { from: 8192, to: 30_720, step: 1024 },
  8192: { from: 16_384, to: 61_440, step: 4096 },
  16384: { from: 32_768, to: 122_880, step: 8192 },
};

/** Where a name cannot be known beforehand. Whoever adds to this says why. */
const wildcards: readonly { readonly actions: RegExp; readonly resource: RegExp; readonly why: string }[] = [
  {
    actions: /^s3:(GetObject|PutObject|PutObjectTagging|DeleteObject|AbortMultipartUpload)$/,
    resource: /^(evidence|uploads)bucket\/\*$/,
    why: "objects are named by what they hold or by who uploads them; the wildcard spans one bucket",
  },
  {
    actions: /^scheduler:CreateSchedule$/,
    resource: /^schedule\/Timers\/\*$/,
    why: "a schedule is named by its timer; the wildcard spans one group",
  },
  {
    actions: /^ecs:(Get|Update)TaskProtection$/,
    resource: /^task\/Cluster\/\*$/,
    why: "a task learns its id when it runs; the wildcard spans one cluster",
  },
  {
    actions: /^sns:Publish$/,
    resource: /^\*$/,
    why: "a telephone has no ARN; whatever has one is denied beside it",
  },
];

/** `sst dev` alone: SST's bridge to the developer's machine. */
const devWildcards: typeof wildcards = [
  { actions: /^appsync:\*$/, resource: /^\*$/, why: "SST grants it, and offers no narrower one" },
  { actions: /^s3:\*$/, resource: /^sst-asset(\/\*)?$/, why: "SST keeps what it sends over in its own bucket" },
];

function matchesOneOf(allowed: typeof wildcards, action: string, resource: string): boolean {
  return allowed.some((entry) => entry.actions.test(action) && entry.resource.test(resource));
}

/** Whether the policy lets this rule, and not every rule, send. */
function letsSend(statements: readonly Statement[], ruleArn: string): boolean {
  return statements.some(
    ({ Effect, Action, Principal, Condition = [] }) =>
      Effect === "Allow" &&
      Action.includes("sqs:SendMessage") &&
      Principal?.["Service"]?.includes("events.amazonaws.com") === true &&
      Condition.some(({ variable, values }) => variable === "aws:SourceArn" && values.includes(ruleArn)),
  );
}

function policyOf(of: Graph, queueName: string): readonly Statement[] {
  const policies = all<{ readonly queueUrl: string; readonly policy: string }>(of, "sqs/queuePolicy:QueuePolicy");
  const own = policies.filter(({ inputs }) => inputs.queueUrl.endsWith(`/${queueName}`));
  expect(own, `policies of ${queueName}`).toHaveLength(1);
  return statementsOf(own[0]?.inputs.policy ?? "");
}

function queueAt(of: Graph, arn: string): QueueInputs {
  const queue = all<QueueInputs>(of, "sqs/queue:Queue").find((candidate) => candidate.arn === arn);
  if (!queue) throw new Error(`there is no queue ${arn}`);
  return queue.inputs;
}

describe.each(Object.keys(stages) as (keyof typeof stages)[])("%s", (stage) => {
  test("every queue of the lists has dead letters after the declared number of tries", () => {
    const declared = [...consumerQueues, timersQueue, ...defaultGroups.map(({ name }) => detectQueue(name))];
    const deployed = all<QueueInputs>(graph(stage), "sqs/queue:Queue").map(({ inputs }) => inputs);
    for (const { name, visibilitySeconds, tries } of declared) {
      const component = `${name.replaceAll("-", "")}queue`;
      const queue = deployed.find(({ name: physical }) => shortName(physical).toLowerCase() === component);
      expect(queue, name).toBeDefined();
      expect(queue?.visibilityTimeoutSeconds).toBe(visibilitySeconds);
      expect(JSON.parse(queue?.redrivePolicy ?? "{}").maxReceiveCount).toBe(tries);
    }
  });

  test("every queue is encrypted, refuses plain HTTP, and is a dead-letter queue or has one", () => {
    const queues = all<QueueInputs>(graph(stage), "sqs/queue:Queue");
    const redrives = queues.flatMap(({ inputs }) => (inputs.redrivePolicy ? [JSON.parse(inputs.redrivePolicy)] : []));
    const deadLetterArns = [
      ...redrives.map(({ deadLetterTargetArn }) => deadLetterTargetArn),
      ...all<TargetInputs>(graph(stage), "cloudwatch/eventTarget:EventTarget").map(
        ({ inputs }) => inputs.deadLetterConfig.arn,
      ),
      ...all<{ readonly destinationConfig?: { readonly onFailure: { readonly destinationArn: string } } }>(
        graph(stage),
        "lambda/eventSourceMapping:EventSourceMapping",
      ).map(({ inputs }) => inputs.destinationConfig?.onFailure.destinationArn),
      ...all<{ readonly target: { readonly deadLetterConfig: { readonly arn: string } } }>(
        graph(stage),
        "scheduler/schedule:Schedule",
      ).map(({ inputs }) => inputs.target.deadLetterConfig.arn),
    ];
    for (const { arn, inputs } of queues) {
      expect(inputs.sqsManagedSseEnabled, inputs.name).toBe(true);
      expect(inputs.redrivePolicy !== undefined || deadLetterArns.includes(arn), inputs.name).toBe(true);
      const refusal = policyOf(graph(stage), inputs.name).find(({ Effect }) => Effect === "Deny");
      expect(refusal?.Condition).toEqual([{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }]);
    }
    for (const { inputs } of queues.filter(({ arn }) => deadLetterArns.includes(arn))) {
      expect(inputs.messageRetentionSeconds, inputs.name).toBe(14 * 86_400);
    }
  });

  test("rules of the bus are the list of routes, pattern by pattern", () => {
    const targets = all<TargetInputs>(graph(stage), "cloudwatch/eventTarget:EventTarget");
    const deployed = all<RuleInputs>(graph(stage), "cloudwatch/eventRule:EventRule")
      .filter(({ inputs }) => inputs.eventBusName !== "default")
      .map(({ name, inputs }) => ({
        pattern: JSON.parse(inputs.eventPattern),
        queues: targets.filter((target) => target.inputs.rule === name).map((target) => shortName(target.inputs.arn)),
      }));
    const declared = routes.map(({ pattern, target }) => ({
      pattern,
      queues: [`${target.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Queue`],
    }));
    const byPattern = (a: { readonly pattern: object }, b: { readonly pattern: object }) =>
      JSON.stringify(a.pattern) < JSON.stringify(b.pattern) ? -1 : 1;
    expect(deployed.toSorted(byPattern)).toEqual(declared.toSorted(byPattern));
  });

  test("every target is tried for a day, and may write to its queue and to its dead letters", () => {
    const rules = all<RuleInputs>(graph(stage), "cloudwatch/eventRule:EventRule");
    const targets = all<TargetInputs>(graph(stage), "cloudwatch/eventTarget:EventTarget");
    expect(targets.length).toBeGreaterThanOrEqual(routes.length);
    for (const { inputs } of targets) {
      expect(inputs.retryPolicy).toEqual({ maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 });
      const ruleArn = rules.find(({ name }) => name === inputs.rule)?.arn ?? "";
      for (const arn of [inputs.arn, inputs.deadLetterConfig.arn]) {
        const queue = queueAt(graph(stage), arn);
        expect(letsSend(policyOf(graph(stage), queue.name), ruleArn), `${inputs.rule} to ${queue.name}`).toBe(true);
      }
    }
  });

  test("whatever takes batches says which messages failed, and has a sixth of the time for which they are hidden", () => {
    const functions = all<FunctionInputs>(graph(stage), "lambda/function:Function");
    const mappings = all<MappingInputs>(graph(stage), "lambda/eventSourceMapping:EventSourceMapping");
    expect(mappings.length).toBeGreaterThan(consumerQueues.length);
    for (const { inputs } of mappings) {
      expect(inputs.functionResponseTypes, inputs.functionName).toEqual(["ReportBatchItemFailures"]);
      if (!inputs.eventSourceArn.startsWith("arn:aws:sqs")) continue;
      const timeout = functions.find(({ arn }) => arn === inputs.functionName)?.inputs.timeout ?? Number.NaN;
      const { visibilityTimeoutSeconds } = queueAt(graph(stage), inputs.eventSourceArn);
      const most = inputs.functionName.includes("Timers") ? visibilityTimeoutSeconds / 2 : visibilityTimeoutSeconds / 6;
      expect(timeout, inputs.functionName).toBeLessThanOrEqual(most);
    }
  });

  test("no bucket is public, and what is in one is encrypted and expires", () => {
    const names = all<{ readonly bucket: string }>(graph(stage), "s3/bucket:Bucket").map(({ inputs }) => inputs.bucket);
    expect(names).toHaveLength(2);
    const of = (type: string) => all<Record<string, unknown>>(graph(stage), type).map(({ inputs }) => inputs);
    for (const bucket of names) {
      const blocks = of("s3/bucketPublicAccessBlock:BucketPublicAccessBlock").filter(
        (inputs) => inputs["bucket"] === bucket,
      );
      const blocked = {
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      };
      expect(blocks).toEqual([{ bucket, ...blocked }]);

      const policies = of("s3/bucketPolicy:BucketPolicy").filter((inputs) => inputs["bucket"] === bucket);
      const statements = policies.flatMap(({ policy }) => statementsOf(String(policy)));
      expect(statements.map(({ Effect }) => Effect)).toEqual(["Deny"]);

      const encryptions = of("s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration");
      expect(encryptions.filter((inputs) => inputs["bucket"] === bucket)).toHaveLength(1);
      const lifecycles = of("s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration");
      expect(lifecycles.filter((inputs) => inputs["bucket"] === bucket)).toHaveLength(1);
    }
  });

  test("evidence expires by the steps that writers choose from", () => {
    interface LifecycleInputs {
      readonly rules: readonly {
        readonly filter: { readonly tag?: { readonly key: string; readonly value: string } };
        readonly expiration?: { readonly days: number };
      }[];
    }
    const [evidence] = all<LifecycleInputs>(
      graph(stage),
      "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    );
    const tagged = evidence?.inputs.rules.flatMap(({ filter, expiration }) =>
      filter.tag ? [{ ...filter.tag, days: expiration?.days }] : [],
    );
    expect(tagged).toEqual(keepDaysSteps.map((days) => ({ key: "keep-days", value: `${days}`, days })));
  });

  test("the table keeps its past, streams new images, and is protected in production", () => {
    const [table] = all<Record<string, unknown>>(graph(stage), "dynamodb/table:Table");
    expect(table?.inputs).toMatchObject({
      hashKey: "pk",
      rangeKey: "sk",
      streamViewType: "NEW_IMAGE",
      ttl: { attributeName: "expiresAt", enabled: true },
      pointInTimeRecovery: { enabled: true },
      globalSecondaryIndexes: [{ name: "listing", hashKey: "list", rangeKey: "order", projectionType: "ALL" }],
      deletionProtectionEnabled: stage === "production",
    });
  });

  test("without credentials nothing answers but health, and Slack's hook and pages by their signature", () => {
    interface ApiRouteInputs {
      readonly routeKey: string;
      readonly authorizationType: string;
    }
    const open = all<ApiRouteInputs>(graph(stage), "apigatewayv2/route:Route")
      .filter(({ inputs }) => inputs.authorizationType === "NONE")
      .map(({ inputs }) => inputs.routeKey);
    expect(open.toSorted()).toEqual(["GET /i/{proxy+}", "GET /v1/health", "POST /v1/hooks/slack"]);
    const [apiStage] = all<Record<string, unknown>>(graph(stage), "apigatewayv2/stage:Stage");
    expect(apiStage?.inputs["defaultRouteSettings"]).toMatchObject({ throttlingRateLimit: expect.any(Number) });
  });

  test("roles name what they may use; where they cannot, the reason is listed", () => {
    const allowed = stage === "dev" ? [...wildcards, ...devWildcards] : wildcards;
    const seen = new Set<(typeof wildcards)[number]>();
    for (const { name, statements } of rolesOf(graph(stage))) {
      for (const { Effect, Action, Resource } of statements) {
        if (Effect === "Deny") continue;
        for (const action of Action) {
          for (const resource of Resource.map(shortName)) {
            if (!action.includes("*") && !resource.includes("*")) continue;
            expect(matchesOneOf(allowed, action, resource), `${name} may ${action} on ${resource}`).toBe(true);
            for (const entry of allowed) if (matchesOneOf([entry], action, resource)) seen.add(entry);
          }
        }
      }
    }
    expect([...allowed].filter((entry) => !seen.has(entry))).toEqual([]);
  });

  test("what people answer by text message reaches its queue from its own topic, and only from numbers of the account", () => {
    const [topic] = all<object>(graph(stage), "sns/topic:Topic").filter(({ name }) =>
      shortName(name).startsWith("SmsReplies"),
    );
    const [policy] = all<{ readonly arn: string; readonly policy: string }>(graph(stage), "sns/topicPolicy:TopicPolicy")
      .filter(({ inputs }) => inputs.arn === topic?.arn)
      .flatMap(({ inputs }) => statementsOf(inputs.policy));
    expect(policy).toMatchObject({
      ...{ Action: ["sns:Publish"], Principal: { Service: ["sms-voice.amazonaws.com"] } },
      Condition: [{ test: "StringEquals", variable: "aws:SourceAccount" }],
    });
    const subscriptions = all<{ readonly topic: string; readonly endpoint: string }>(
      graph(stage),
      "sns/topicSubscription:TopicSubscription",
    ).filter(({ inputs }) => inputs.topic === topic?.arn);
    expect(subscriptions).toHaveLength(1);
    const queue = queueAt(graph(stage), subscriptions[0]?.inputs.endpoint ?? "");
    expect(policyOf(graph(stage), queue.name).find(({ Effect }) => Effect === "Allow")).toMatchObject({
      ...{ Action: ["sqs:SendMessage"], Principal: { Service: ["sns.amazonaws.com"] } },
      Condition: [{ test: "ArnEquals", variable: "aws:SourceArn", values: [topic?.arn] }],
    });
  });

  test("who may send text messages may publish to nothing else", () => {
    const senders = rolesOf(graph(stage)).filter(({ statements }) =>
      statements.some(({ Effect, Action }) => Effect === "Allow" && Action.includes("sns:Publish")),
    );
    expect(senders.map(({ name }) => shortName(name)).toSorted()).toEqual([
      expect.stringMatching(/^AlertsTick/),
      expect.stringMatching(/^Notify/),
      expect.stringMatching(/^SmsReplies/),
    ]);
    for (const { name, statements } of senders) {
      const denials = statements.filter(({ Effect }) => Effect === "Deny");
      expect(denials, name).toMatchObject([{ Action: ["sns:Publish"], Resource: ["arn:aws:sns:*:*:*"] }]);
    }
  });

  test("roles are assumed by the service that they are for", () => {
    const foreign = rolesOf(graph(stage)).filter(({ trust }) => trust.includes('"AWS"'));
    expect(
      foreign.every(() => stage === "dev"),
      foreign.map(({ name }) => name).join(),
    ).toBe(true);
  });

  test("nothing may come in", () => {
    const groups = [
      ...all<{ readonly ingress?: readonly unknown[] }>(graph(stage), "ec2/defaultSecurityGroup:DefaultSecurityGroup"),
      ...all<{ readonly ingress?: readonly unknown[] }>(graph(stage), "ec2/securityGroup:SecurityGroup"),
    ];
    expect(groups.flatMap(({ inputs }) => inputs.ingress ?? [])).toEqual([]);
    expect(graph(stage).resources.filter(({ type }) => /securityGroup(Ingress)?Rule|loadBalancer/i.test(type))).toEqual(
      [],
    );
  });
});

describe.each(["production", "staging"] as const)("tasks in %s", (stage) => {
  test("are of a size that Fargate has, with a root that cannot be written", () => {
    interface TaskInputs {
      readonly cpu: string;
      readonly memory: string;
      readonly containerDefinitions: string;
    }
    const tasks = all<TaskInputs>(graph(stage), "ecs/taskDefinition:TaskDefinition");
    // Detectors, and repairs.
    expect(tasks).toHaveLength(defaultGroups.length + 1);
    for (const { inputs } of tasks) {
      const { from, to, step } = fargateMemory[inputs.cpu] ?? { from: 0, to: 0, step: 1 };
      expect(Number(inputs.memory)).toBeGreaterThanOrEqual(from);
      expect(Number(inputs.memory)).toBeLessThanOrEqual(to);
      expect((Number(inputs.memory) - from) % step).toBe(0);
      const containers: readonly Container[] = JSON.parse(inputs.containerDefinitions);
      for (const container of containers) {
        expect(container).toMatchObject({ readonlyRootFilesystem: true, portMappings: [], stopTimeout: 30 });
        expect(container.healthCheck).toBeDefined();
      }
    }
  });

  test("are scaled by the share of claimed units of their group, those of repairs by their processor", () => {
    interface ScalingInputs {
      readonly targetTrackingScalingPolicyConfiguration: {
        readonly customizedMetricSpecification?: object;
        readonly predefinedMetricSpecification?: { readonly predefinedMetricType: string };
      };
    }
    const targets = all<ScalingInputs>(graph(stage), "appautoscaling/policy:Policy").map(
      ({ inputs }) => inputs.targetTrackingScalingPolicyConfiguration,
    );
    const predefined = targets.flatMap(
      ({ predefinedMetricSpecification: metric }) => metric?.predefinedMetricType ?? [],
    );
    expect(predefined).toEqual(["ECSServiceAverageCPUUtilization"]);
    const metrics = targets.flatMap(({ customizedMetricSpecification: metric }) => metric ?? []);
    expect(metrics).toEqual(
      defaultGroups.map(({ name }) => ({
        namespace: "Glasswatch",
        metricName: "ClaimedUnitShare",
        statistic: "Average",
        dimensions: [{ name: "Group", value: name }],
      })),
    );
  });

  test("every dead-letter queue has an alarm, and so has every other that nobody works on", () => {
    interface Metric {
      readonly metricName: string;
      readonly dimensions: { readonly QueueName?: string };
    }
    interface AlarmInputs extends Partial<Metric> {
      readonly metricQueries?: readonly { readonly metric?: Metric }[];
    }
    const alarms = all<AlarmInputs>(graph(stage), "cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => inputs);
    const metricsOf = (queue: string) =>
      alarms
        .flatMap(({ metricQueries, ...alarm }) => metricQueries?.map(({ metric }) => metric) ?? [alarm])
        .flatMap((metric) => (metric?.dimensions?.QueueName === queue ? [metric.metricName] : []));
    const [visible, hidden] = ["ApproximateNumberOfMessagesVisible", "ApproximateNumberOfMessagesNotVisible"];
    for (const { inputs } of all<QueueInputs>(graph(stage), "sqs/queue:Queue")) {
      const isSlow = /^(Detect\w+|FileRepairs)Queue$/.test(shortName(inputs.name));
      const age = isSlow ? [visible, hidden] : ["ApproximateAgeOfOldestMessage"];
      expect(metricsOf(inputs.name), inputs.name).toEqual(inputs.redrivePolicy ? age : [visible]);
    }
    expect(alarms.map(({ metricName }) => metricName)).toEqual(
      expect.arrayContaining(["IteratorAge", "TriggeredRules"]),
    );
  });
});

test("sst dev runs the detector of each group here, with its links and a debugger's port of its own", () => {
  const detectors = graph("dev").devCommands.filter(({ title }) => title.startsWith("Detector"));
  expect(detectors.map(({ environment }) => environment["GLASSWATCH_GROUP"])).toEqual(
    defaultGroups.map(({ name }) => name),
  );
  for (const [index, { command, directory, autostart, links }] of detectors.entries()) {
    expect(command).toBe(`node --inspect=127.0.0.1:${9229 + index} services/detector/src/main.ts`);
    expect({ directory, autostart, links }).toEqual({ directory: ".", autostart: true, links: ["Deployment"] });
  }
});

test("sst dev runs repairs here", () => {
  const [repair, ...others] = graph("dev").devCommands.filter(({ title }) => title === "Repair");
  expect(others).toEqual([]);
  expect(repair).toMatchObject({
    command: "node --inspect=127.0.0.1:9228 services/repair/src/main.ts",
    links: ["Deployment"],
  });
});

test("repairs start what the settings list and nothing else: the sample, where there is one", () => {
  const started = (stage: keyof typeof stages) =>
    rolesOf(graph(stage))
      .filter(({ name }) => shortName(name).startsWith("Repair"))
      .flatMap(({ name, statements }) => statements.map((statement) => ({ name, ...statement })))
      .filter(({ Action }) => Action.some((action) => /^(states|lambda:Invoke|medialive)/.test(action)))
      .map(({ name, Action, Resource }) => `${shortName(name)} ${Action} ${Resource.map(shortName)}`);
  expect(started("production")).toEqual([]);
  expect(started("staging")).toEqual([
    expect.stringMatching(/^Repair\w* states:StartExecution stateMachine:SampleWorkflow$/),
  ]);
});

test("stacks/graph.md is what the program asks for; npm run graph renews it", () => {
  const summary = summaryOf({ production: graph("production"), staging: graph("staging"), dev: graph("dev") });
  expect(summary).toBe(readFileSync(join(root, "stacks/graph.md"), "utf8"));
});
