import { cluster } from "./cluster.ts";
import type { Permission } from "./permissions.ts";

/** SIGTERM to SIGKILL. A task hands over and drains within 25 s. */
const stopSeconds = 30;

export interface ServiceNeeds {
  readonly name: string;
  /** Of the folder in `services`. */
  readonly folder: "detector" | "repair";
  readonly cpu: NonNullable<sst.aws.ServiceArgs["cpu"]>;
  readonly memory: NonNullable<sst.aws.ServiceArgs["memory"]>;
  readonly architecture: "arm64" | "x86_64";
  /** For the image and what is in `/tmp`; 20 GB unless given, which have no price. */
  readonly storage?: NonNullable<sst.aws.ServiceArgs["storage"]>;
  readonly link: sst.aws.ServiceArgs["link"];
  readonly environment: Record<string, $util.Input<string>>;
  readonly permissions: readonly Permission[];
  readonly capacity: sst.aws.ServiceArgs["capacity"];
  readonly scaling: sst.aws.ServiceArgs["scaling"];
  /** Of a debugger, in `sst dev`. */
  readonly inspectorPort: number;
  /** Parameters that its environment is made of, by the name there. */
  readonly secrets?: Record<string, $util.Input<string>>;
}

/** A service in the one image of this project: what all of them have in common is here. */
export function service(needs: ServiceNeeds): sst.aws.Service {
  const { name, folder, permissions, inspectorPort, secrets, ...own } = needs;
  const entry = `services/${folder}/src/main.ts`;
  return new sst.aws.Service(name, {
    ...own,
    cluster,
    image: { context: ".", dockerfile: "services/detector/Dockerfile" },
    ...(folder !== "detector" && { command: ["node", entry] }),
    ...(secrets && { ssm: secrets }),
    permissions: [...permissions],
    health: {
      command: ["CMD", "node", "services/detector/src/health-check.ts"],
      startPeriod: "30 seconds",
      interval: "15 seconds",
      timeout: "5 seconds",
      retries: 3,
    },
    logging: { retention: "1 month" },
    dev: { command: `node --inspect=127.0.0.1:${inspectorPort} ${entry}`, directory: ".", autostart: true },
    transform: {
      taskRole: (args) => {
        // SST adds the rights of ECS Exec on every resource; a shell needs a root that can be written, and there is none.
        args.inlinePolicies = [{ name: "inline", policy: policyOf(permissions) }];
      },
      executionRole: (args) => {
        // SST lets every task read every parameter and secret of the account.
        args.inlinePolicies = secrets ? [{ name: "inline", policy: policyOf([readParameters(secrets)]) }] : [];
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

function readParameters(secrets: Record<string, $util.Input<string>>): Permission {
  return { actions: ["ssm:GetParameters"], resources: Object.values(secrets) };
}

function policyOf(permissions: readonly Permission[]): $util.Output<string> {
  return aws.iam.getPolicyDocumentOutput({
    statements: permissions.map(({ actions, resources, conditions }) => ({ actions, resources, conditions })),
  }).json;
}
