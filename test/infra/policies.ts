import { all, type Graph } from "./graph.ts";

export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Principal?: Readonly<Record<string, readonly string[]>>;
  readonly Condition?: readonly Condition[];
}

/** As the program gives it; IAM writes it another way. */
interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

interface RoleInputs {
  readonly assumeRolePolicy: string | object;
  readonly inlinePolicies?: readonly { readonly policy: string }[];
  readonly managedPolicyArns?: readonly string[];
}

export interface Role {
  readonly name: string;
  readonly statements: readonly Statement[];
  readonly trust: string;
  readonly managedPolicies: readonly string[];
}

export function statementsOf(policy: string): readonly Statement[] {
  return JSON.parse(policy).Statement;
}

export function rolesOf(graph: Graph): readonly Role[] {
  return all<RoleInputs>(graph, "iam/role:Role").map(({ name, inputs }) => ({
    name,
    statements: (inputs.inlinePolicies ?? []).flatMap(({ policy }) => statementsOf(policy)),
    trust:
      typeof inputs.assumeRolePolicy === "string" ? inputs.assumeRolePolicy : JSON.stringify(inputs.assumeRolePolicy),
    managedPolicies: inputs.managedPolicyArns ?? [],
  }));
}
