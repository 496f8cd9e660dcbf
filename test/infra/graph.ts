import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { App, Deployment } from "./program.ts";
import { root } from "./sst-platform.ts";

export interface Resource<Inputs = Record<string, unknown>> {
  /** As Pulumi names it, without the provider where that is AWS: `sqs/queue:Queue`. */
  readonly type: string;
  readonly name: string;
  readonly arn: string;
  readonly inputs: Inputs;
}

/** What `sst dev` runs on the developer's machine. */
export interface DevCommand {
  readonly title: string;
  readonly command: string;
  readonly directory: string;
  readonly autostart: boolean;
  readonly links: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** What the program asks AWS for. */
export interface Graph {
  readonly app: App;
  readonly resources: readonly Resource[];
  readonly devCommands: readonly DevCommand[];
}

export const production: Deployment = { stage: "production", isDev: false };
export const staging: Deployment = { stage: "staging", isDev: false };
export const dev: Deployment = { stage: "dev", isDev: true };

const run = promisify(execFile);

/** Runs the program in a process of its own: Pulumi and SST keep one program a process. Takes 7 s. */
export async function graphOf({ stage, isDev }: Deployment): Promise<Graph> {
  const folder = mkdtempSync(join(tmpdir(), "glasswatch-graph-"));
  const file = join(folder, "graph.json");
  const script = join(import.meta.dirname, "evaluate-process.ts");
  try {
    await run(process.execPath, [script, stage, isDev ? "dev" : "deploy", file], { cwd: root });
    return JSON.parse(readFileSync(file, "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Resources of one type, by name. */
export function all<Inputs>({ resources }: Graph, type: string): readonly Resource<Inputs>[] {
  return resources
    .filter((resource) => resource.type === type)
    .map((resource) => resource as Resource<Inputs>)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** What stands for AWS makes names of the program, the stage and eight letters; without them they are those of `stacks/`. */
export function shortName(text: string): string {
  return text
    .replaceAll(/arn:aws:[a-z0-9]+:[a-z0-9-]*:[0-9]*:/g, "")
    .replaceAll(/[a-z]+-(?:production|staging|dev)-([A-Za-z]+)-[a-z]{8}/g, "$1")
    .replaceAll(/(Bus|Cluster|Function|Queue)\1/g, "$1");
}
