import type { MockCallArgs, MockResourceArgs, Mocks } from "@pulumi/pulumi/runtime/index.js";

export const region = "eu-west-1";
const account = "123456789012";

type Values = Record<string, unknown>;

/** A resource as the program asked for it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly arn: string;
  readonly inputs: Values;
}

/** How AWS names what it makes, where that is not `arn:aws:SERVICE:REGION:ACCOUNT:NAME`. */
const arns: Readonly<Record<string, (name: string) => string>> = {
  "s3/bucket:Bucket": (name) => `arn:aws:s3:::${name}`,
  "dynamodb/table:Table": (name) => arnOf("dynamodb", `table/${name}`),
  "cloudwatch/eventBus:EventBus": (name) => arnOf("events", `event-bus/${name}`),
  "cloudwatch/eventRule:EventRule": (name) => arnOf("events", `rule/${name}`),
  "lambda/function:Function": (name) => arnOf("lambda", `function:${name}`),
  "iam/role:Role": (name) => `arn:aws:iam::${account}:role/${name}`,
  "ecs/cluster:Cluster": (name) => arnOf("ecs", `cluster/${name}`),
  "ecs/taskDefinition:TaskDefinition": (name) => arnOf("ecs", `task-definition/${name}:1`),
  "cloudwatch/logGroup:LogGroup": (name) => arnOf("logs", `log-group:${name}`),
  "sfn/stateMachine:StateMachine": (name) => arnOf("states", `stateMachine:${name}`),
  "ssm/parameter:Parameter": (name) => arnOf("ssm", `parameter/${name}`),
  "scheduler/scheduleGroup:ScheduleGroup": (name) => arnOf("scheduler", `schedule-group/${name}`),
};

/** What AWS would answer besides. */
const answers: Readonly<Record<string, (name: string, arn: string) => Values>> = {
  "sqs/queue:Queue": (name) => ({ url: `https://sqs.${region}.amazonaws.com/${account}/${name}` }),
  "dynamodb/table:Table": (_, arn) => ({ streamArn: `${arn}/stream/2026-01-01T00:00:00.000` }),
  "lambda/function:Function": (_, arn) => ({
    invokeArn: arnOf("apigateway", `lambda:path/2015-03-31/functions/${arn}/invocations`),
    qualifiedArn: `${arn}:1`,
  }),
  "apigatewayv2/api:Api": (name) => ({
    apiEndpoint: `https://${name.toLowerCase()}.execute-api.${region}.amazonaws.com`,
    executionArn: arnOf("execute-api", name.toLowerCase()),
  }),
  "ec2/vpc:Vpc": () => ({ cidrBlock: "10.0.0.0/16" }),
  "docker-build:index:Image": () => ({ digest: `sha256:${"0".repeat(64)}` }),
  "random:index/randomBytes:RandomBytes": () => ({ base64: Buffer.alloc(32).toString("base64") }),
};

/** Of these the id is the name, or the address, and not something that AWS makes up. */
const namedById = ["s3/bucket:Bucket", "dynamodb/table:Table", "cloudwatch/eventBus:EventBus", "iam/role:Role"];

const calls: Readonly<Record<string, (inputs: Values) => Values>> = {
  "aws:index/getRegion:getRegion": () => ({ region, name: region, id: region }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: account, id: account }),
  "aws:index/getPartition:getPartition": () => ({ partition: "aws", dnsSuffix: "amazonaws.com", id: "aws" }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({
    names: ["a", "b", "c"].map((zone) => region + zone),
  }),
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": () => ({
    proxyEndpoint: "https://ecr.example",
    userName: "AWS",
    password: "",
  }),
  "aws:iam/getPolicyDocument:getPolicyDocument": (inputs) => ({ ...inputs, json: policyJson(inputs) }),
};

/** Stands for AWS in a run of the program: gives every resource what its kind would have, and remembers it. */
export function openMocks(): Mocks & { readonly registered: readonly Registered[] } {
  const registered: Registered[] = [];
  return {
    registered,
    newResource({ type, name, inputs, custom }: MockResourceArgs) {
      const kind = type.replace(/^aws:/, "");
      const physical: string = inputs.name ?? inputs.bucket ?? inputs.family ?? name;
      const arn = arns[kind]?.(physical) ?? arnOf(kind.split("/")[0] ?? "", physical);
      if (custom) registered.push({ type: kind, name, arn, inputs });
      const state = {
        ...inputs,
        name: physical,
        bucket: inputs.bucket ?? physical,
        arn,
        ...answers[kind]?.(physical, arn),
      };
      return { id: idOf(kind, physical, state), state };
    },
    call({ token, inputs }: MockCallArgs) {
      const answer = calls[token];
      if (!answer) throw new Error(`the program asks AWS for ${token}, and test/infra/mocks.ts has no answer`);
      return answer(inputs);
    },
  };
}

function idOf(kind: string, name: string, state: Values): string {
  if (typeof state["url"] === "string") return state["url"];
  return namedById.includes(kind) ? name : `${name}-id`;
}

function arnOf(service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

interface Statement {
  readonly effect?: string;
  readonly actions?: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
  readonly conditions?: readonly Values[];
}

/** As IAM writes it, but for conditions, which stay as they were given. */
function policyJson(inputs: Values): string {
  const statements = (inputs["statements"] ?? []) as readonly Statement[];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ effect = "Allow", actions, resources, principals, conditions }) => ({
      Effect: effect,
      ...(principals && {
        Principal: Object.fromEntries(principals.map(({ type, identifiers }) => [type, identifiers])),
      }),
      Action: actions,
      Resource: resources,
      ...(conditions && { Condition: conditions }),
    })),
  });
}
