import { all, dev, type Graph, shortName, staging } from "./graph.ts";
import { rolesOf } from "./policies.ts";

/** What a reviewer reads, and compares with what it was: production in full, the other stages as differences from it. */
export function summaryOf(graphs: {
  readonly production: Graph;
  readonly staging: Graph;
  readonly dev: Graph;
}): string {
  const sections = sectionsOf(graphs.production);
  return [
    "# What is deployed",
    "",
    "The program of `sst.config.ts`, as it asks AWS for things in production; then what other stages have otherwise.",
    "`npm run graph` writes this page, and a test compares it with what the program asks for.",
    "",
    ...sections,
    ...differences(staging.stage, sections, sectionsOf(graphs.staging)),
    ...differences(`${dev.stage} (\`sst dev\`)`, sections, sectionsOf(graphs.dev)),
  ].join("\n");
}

function sectionsOf(graph: Graph): readonly string[] {
  return [
    ...section("Rules", ["rule", "bus", "pattern", "queue"], rules(graph)),
    ...section("Queues", ["queue", "hidden for, s", "tries", "dead letters"], queues(graph)),
    ...section("Functions", ["function", "architecture", "seconds", "MB", "fed by"], functions(graph)),
    ...section("API", ["route", "who may"], apiRoutes(graph)),
    ...section("Services", ["service", "what", "value"], services(graph)),
    ...section("Storage", ["what", "property", "value"], storage(graph)),
    ...section("Roles", ["role", "may", "on"], roles(graph)),
    ...section("Alarms", ["alarm", "metric", "from"], alarms(graph)),
    ...section("Number of resources", ["type", "number"], counts(graph)),
  ];
}

type Cells = readonly (string | number)[];

function section(title: string, head: Cells, rows: readonly Cells[]): readonly string[] {
  const lines = rows.map(
    (cells) => `| ${cells.map((cell) => shortName(String(cell)).replaceAll("|", "\\|")).join(" | ")} |`,
  );
  return [
    `## ${title}`,
    "",
    `| ${head.join(" | ")} |`,
    `| ${head.map(() => "---").join(" | ")} |`,
    ...lines.toSorted(),
    "",
  ];
}

/** Lines of tables that one of two has and the other lacks; where it lacks all of a thing, the thing's name. */
function differences(stage: string, from: readonly string[], to: readonly string[]): readonly string[] {
  const lines = [...missing(from, to).map((line) => `- ${line}`), ...missing(to, from).map((line) => `+ ${line}`)];
  return [`## Otherwise in ${stage}`, "", "```diff", ...lines, "```", ""];
}

function missing(from: readonly string[], to: readonly string[]): readonly string[] {
  const nameOf = (line: string) => line.split(" | ")[0];
  const names = new Set(to.map(nameOf));
  const lines = from
    .filter((line) => line.startsWith("| ") && !to.includes(line))
    .map((line) => (names.has(nameOf(line)) ? line : `${nameOf(line)} | all of it |`));
  return [...new Set(lines)];
}

function code(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function rules(graph: Graph): readonly Cells[] {
  const targets = all<{ readonly rule: string; readonly arn: string }>(graph, "cloudwatch/eventTarget:EventTarget");
  return all<{ readonly eventBusName: string; readonly eventPattern: string }>(
    graph,
    "cloudwatch/eventRule:EventRule",
  ).map(({ name, inputs }) => [
    name,
    inputs.eventBusName,
    code(inputs.eventPattern),
    targets.find((target) => target.inputs.rule === name)?.inputs.arn ?? "none",
  ]);
}

function queues(graph: Graph): readonly Cells[] {
  interface QueueInputs {
    readonly name: string;
    readonly visibilityTimeoutSeconds: number;
    readonly redrivePolicy?: string;
  }
  return all<QueueInputs>(graph, "sqs/queue:Queue").map(({ inputs }) => {
    const redrive = inputs.redrivePolicy === undefined ? null : JSON.parse(inputs.redrivePolicy);
    return [
      inputs.name,
      inputs.visibilityTimeoutSeconds,
      redrive?.maxReceiveCount ?? "",
      redrive?.deadLetterTargetArn ?? "",
    ];
  });
}

function functions(graph: Graph): readonly Cells[] {
  interface FunctionInputs {
    readonly name: string;
    readonly timeout: number;
    readonly memorySize: number;
    readonly architectures: readonly string[];
  }
  interface MappingInputs {
    readonly functionName: string;
    readonly eventSourceArn: string;
  }
  const mappings = all<MappingInputs>(graph, "lambda/eventSourceMapping:EventSourceMapping");
  return all<FunctionInputs>(graph, "lambda/function:Function").map(({ arn, inputs }) => {
    const feeds = mappings.filter(({ inputs: { functionName } }) => functionName === arn);
    return [
      inputs.name,
      inputs.architectures.join(),
      inputs.timeout,
      inputs.memorySize,
      feeds.map(({ inputs: { eventSourceArn } }) => eventSourceArn).join(", "),
    ];
  });
}

function apiRoutes(graph: Graph): readonly Cells[] {
  interface RouteInputs {
    readonly routeKey: string;
    readonly authorizationType: string;
  }
  return all<RouteInputs>(graph, "apigatewayv2/route:Route").map(({ inputs }) => [
    inputs.routeKey,
    inputs.authorizationType,
  ]);
}

function services(graph: Graph): readonly Cells[] {
  const shown = [
    "ecs/service:Service",
    "ecs/taskDefinition:TaskDefinition",
    "appautoscaling/target:Target",
    "appautoscaling/policy:Policy",
    "ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "ec2/natGateway:NatGateway",
    "scheduler/schedule:Schedule",
  ];
  return shown.flatMap((type) => all<Record<string, unknown>>(graph, type)).flatMap(properties);
}

function storage(graph: Graph): readonly Cells[] {
  const shown = [
    "dynamodb/table:Table",
    "s3/bucket:Bucket",
    "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  ];
  return shown.flatMap((type) => all<Record<string, unknown>>(graph, type)).flatMap(properties);
}

/** Containers are JSON within JSON; what links put into their environment is that of the functions. */
function properties({
  name,
  inputs,
}: {
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}): readonly Cells[] {
  const { containerDefinitions, ...own } = inputs;
  const [container = {}] = typeof containerDefinitions === "string" ? JSON.parse(containerDefinitions) : [];
  const environment = (container.environment ?? []).map(({ name }: { readonly name: string }) => name);
  const shown = { ...own, ...container, ...(containerDefinitions !== undefined && { environment }) };
  return Object.entries(shown)
    .filter(([key]) => key !== "tags")
    .map(([key, value]) => [name, key, code(value)]);
}

function roles(graph: Graph): readonly Cells[] {
  return rolesOf(graph).flatMap(({ name, statements, managedPolicies }) => [
    ...statements.map(({ Effect, Action, Resource }) => {
      const what = Action.join(", ");
      return [name, Effect === "Deny" ? `never ${what}` : what, Resource.map(code).join(", ")];
    }),
    ...managedPolicies.map((policy) => [name, "what AWS lists in", code(policy)]),
  ]);
}

function alarms(graph: Graph): readonly Cells[] {
  interface Metric {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: Readonly<Record<string, string>>;
  }
  interface AlarmInputs extends Metric {
    readonly threshold: number;
    readonly metricQueries?: readonly { readonly id: string; readonly metric?: Metric; readonly expression?: string }[];
  }
  const told = ({ namespace, metricName, dimensions }: Metric) =>
    `${namespace} ${metricName} of ${Object.values(dimensions).join()}`;
  return all<AlarmInputs>(graph, "cloudwatch/metricAlarm:MetricAlarm").map(({ name, inputs }) => [
    name,
    inputs.metricQueries
      ?.map(({ id, metric, expression }) => `${id}: ${metric ? told(metric) : code(expression ?? "")}`)
      .join("; ") ?? told(inputs),
    inputs.threshold,
  ]);
}

function counts({ resources }: Graph): readonly Cells[] {
  const types = [...new Set(resources.map(({ type }) => type))];
  return types.map((type) => [type, resources.filter((resource) => resource.type === type).length]);
}
