import { deployment } from "./deployment.ts";
import { componentName } from "./names.ts";
import type { Permission } from "./permissions.ts";

interface Needs {
  readonly permissions: readonly Permission[];
  readonly timeoutSeconds: number;
  readonly secrets?: readonly sst.Secret[];
}

/** A handler is a file of packages/functions; what all of them have in common is here. */
export function lambda(name: string, { permissions, timeoutSeconds, secrets = [] }: Needs): sst.aws.Function {
  return new sst.aws.Function(`${componentName(name)}Function`, {
    handler: `packages/functions/src/${name}.handler`,
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: "512 MB",
    timeout: `${timeoutSeconds} seconds`,
    link: [deployment, ...secrets],
    permissions: [...permissions],
    logging: { retention: "1 month", format: "json" },
    transform: {
      role: (args) => {
        // SST lets the whole account assume the role, which only `sst dev` needs.
        if (!$dev) args.assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" });
      },
    },
  });
}
