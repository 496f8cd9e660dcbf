import crypto from "node:crypto";
import { writeFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { deserializeProperties } from "@pulumi/pulumi/runtime/rpc.js";
import { getMonitor } from "@pulumi/pulumi/runtime/settings.js";
import { openMocks, region } from "./mocks.ts";
import { appOf, programOf } from "./program.ts";
import { sstPlatform } from "./sst-platform.ts";
import { openSstServer } from "./sst-server.ts";

/* Runs the program for one stage, as `sst deploy` or `sst dev` would, against stand-ins, and writes what it asked AWS for:
   node evaluate-process.ts STAGE deploy|dev FILE */

const [stage = "", command, file = ""] = process.argv.slice(2);
const deployment = { stage, isDev: command === "dev" };

// An Output that never resolves ends nothing and says nothing.
setTimeout(() => fail(new Error("the program did not end within four minutes")), 240_000).unref();
process.on("unhandledRejection", fail);
process.on("uncaughtException", fail);

// SST makes names unique with eight random bytes; here they are the same each time.
const randomBytes = crypto.randomBytes;
Object.assign(crypto, { randomBytes: (size: number) => (size === 8 ? Buffer.alloc(8, 1) : randomBytes(size)) });

const server = await openSstServer();
process.env["SST_SERVER"] = server.url;
process.env["SST_AWS_REGION"] = region;

const platform = sstPlatform();
const app = await appOf(platform, deployment);
const program = await programOf(platform, app, deployment);
const mocks = openMocks();
await pulumi.runtime.setMocks(mocks, app.name, stage, false);
const devCommands = tapDevCommands();
await pulumi.runtime.runInPulumiStack(program);
await pulumi.runtime.disconnect();
server.close();
const resources = mocks.registered.map((resource) => ({ ...resource, inputs: plain(resource.inputs) }));
writeFileSync(file, JSON.stringify({ app, resources, devCommands }));
process.exit(0);

/** What `sst dev` starts: components register it as outputs, which the stand-ins of Pulumi drop. */
function tapDevCommands(): unknown[] {
  const found: unknown[] = [];
  const monitor = getMonitor();
  if (!monitor) throw new Error("Pulumi has no stand-ins");
  const register = monitor.registerResourceOutputs.bind(monitor);
  const tap = (...call: Parameters<typeof register>) => {
    const outputs = call[0].getOutputs();
    const command = outputs && deserializeProperties(outputs)["_dev"];
    if (command) found.push(plain(command));
    return register(...call);
  };
  Object.assign(monitor, { registerResourceOutputs: tap });
  return found;
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

/** Secrets without their wrapping; files as what they are. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if ("4dabf18193072939515e22adb298388d" in value) return "value" in value ? plain(value.value) : "(file)";
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}
