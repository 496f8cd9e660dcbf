import { deployment } from "./deployment.ts";
import type { Permission } from "./permissions.ts";

interface Needs {
  readonly permissions: readonly Permission[];
  readonly timeoutSeconds: number;
  readonly secrets?: readonly sst.Secret[];
}

/** Handlers are files of packages/functions; what they have in common is here. */
export function lambda(name: string, { permissions, timeoutSeconds, secrets = [] }: Needs): sst.aws.FunctionArgs {
  return {
    handler: `packages/functions/src/${name}.handler`,
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: "512 MB",
    timeout: `${timeoutSeconds} seconds`,
    link: [deployment, ...secrets],
    permissions: [...permissions],
    logging: { retention: "1 month", format: "json" },
  };
}
