import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { openAws } from "@glasswatch/aws/open-aws";
import { defaultGroups } from "@glasswatch/core/groups";
import { consumerQueues, detectQueue } from "@glasswatch/core/queues";
import { routes } from "@glasswatch/core/routes";
import { openScans, queuedScan, scanInvitation } from "@glasswatch/core/state/scans";
import { openProtection } from "@glasswatch/service/protection";
import { afterAll, expect, test } from "vitest";
import { openAwsStandins } from "../support/aws/open-aws-standins.ts";

const standins = await openAwsStandins();
const queues = [...consumerQueues, ...defaultGroups.map(({ name }) => detectQueue(name))];
const resources = await standins.deploy(queues, routes);
afterAll(() => standins.close());

interface Line {
  readonly level?: string;
  readonly msg?: string;
  readonly port?: number;
  readonly capacityUnits?: number;
  readonly event?: string;
  readonly streamId?: string;
  readonly traceparent?: string;
  readonly _aws?: { readonly CloudWatchMetrics: readonly object[] };
}

interface Service {
  readonly process: ChildProcess;
  /** The next line of its log that has this in it. */
  line(property: "msg" | "event" | "_aws", value?: string): Promise<Line>;
  readonly lines: readonly Line[];
}

/** What ECS tells a task about itself, and what it is asked. */
async function openEcs() {
  const asked: unknown[] = [];
  const server = createServer(async (request, response) => {
    if (request.url === "/task") {
      const TaskARN = "arn:aws:ecs:eu-west-1:123456789012:task/Cluster/0123456789abcdef";
      response.end(JSON.stringify({ TaskARN, Limits: { CPU: 2, Memory: 4096 } }));
    } else {
      asked.push(JSON.parse(Buffer.concat(await request.toArray()).toString()));
      response.end("{}");
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, close: () => server.close() };
}

/** Of an address that a container must not reach: what becomes of it needs no media, and everything else. */
const unreachable = "http://127.0.0.1:9/film.mp4";
const scan = queuedScan({ id: "a1", url: unreachable, input: unreachable, groups: ["all"], at: new Date() });

/** Of what an image holds, where that is what is looked at (test/infra/bare-directory.ts). */
const folder = process.env["GLASSWATCH_DETECTOR_FOLDER"] ?? process.cwd();

function start(variables: Readonly<Record<string, string>>): Service {
  const child = spawn(process.execPath, ["services/detector/src/main.ts"], {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...standins.environment, ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: Line[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (text) => lines.push(JSON.parse(text)));
  return {
    process: child,
    lines,
    async line(property, value) {
      const isIt = (line: Line) => property in line && (value === undefined || line[property] === value);
      for (let found = lines.find(isIt); ; found = lines.find(isIt)) {
        if (found) return found;
        await once(reader, "line");
      }
    },
  };
}

/** As the image and ECS ask: the exit code. */
async function healthCheck(port: number | undefined): Promise<number | null> {
  const child = spawn(process.execPath, ["services/detector/src/health-check.ts"], {
    cwd: folder,
    env: { GLASSWATCH_HEALTH_PORT: `${port}` },
    stdio: "ignore",
  });
  const [code] = await once(child, "exit");
  return code;
}

test("a detector on AWS tells how it is and what it carries, and leaves when it is asked to", async () => {
  const ecs = await openEcs();
  const service = start({
    SST_RESOURCE_Deployment: JSON.stringify(resources),
    GLASSWATCH_GROUP: "all",
    GLASSWATCH_HEALTH_PORT: "0",
    ECS_CONTAINER_METADATA_URI_V4: ecs.url,
  });
  const { port, capacityUnits } = await service.line("msg", "ready");
  // Of the task's two cores, however many the machine has.
  expect(capacityUnits).toBe(5);

  const health = await fetch(`http://127.0.0.1:${port}/health`);
  expect(await health.json()).toEqual({ status: "ok", streams: 0, scans: 0 });
  expect(await healthCheck(port)).toBe(0);
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(metrics).toContain('glasswatch_capacity_units{group="all"} 5');
  expect(metrics).toContain('glasswatch_claimed_units{group="all"} 0');

  expect(await service.line("_aws")).toMatchObject({
    Group: "all",
    ClaimedUnitShare: 0,
    _aws: { CloudWatchMetrics: [{ Namespace: "Glasswatch", Dimensions: [["Group"]] }] },
  });

  const ports = openAws(resources);
  const scans = openScans(ports.table);
  await scans.create(scan);
  await ports.queues.send([scanInvitation(scan.id, "all")]);
  const told = await service.line("event", "scan.failed");
  expect(told.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect((await scans.get(scan.id))?.value.error).toMatchObject({ code: "address-refused" });

  service.process.kill("SIGTERM");
  const [code] = await once(service.process, "exit");
  expect(code).toBe(0);
  expect(await healthCheck(port)).toBe(1);
  expect(service.lines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(["handing over", "stopped"]));
  ecs.close();
});

test.each([
  ["no deployment", { GLASSWATCH_GROUP: "all" }, "SST_RESOURCE_Deployment"],
  ["no JSON", { GLASSWATCH_GROUP: "all", SST_RESOURCE_Deployment: "{" }, "SST_RESOURCE_Deployment: expected JSON"],
  [
    "no such group",
    { GLASSWATCH_GROUP: "some", SST_RESOURCE_Deployment: JSON.stringify(resources) },
    "GLASSWATCH_GROUP",
  ],
])("with %s it says so in one line", async (_, variables, expected) => {
  const service = start(variables);
  const [code] = await once(service.process, "exit");
  expect(code).toBe(2);
  expect(service.lines).toHaveLength(1);
  expect(service.lines[0]).toMatchObject({ level: "fatal", msg: expect.stringContaining(expected) });
});

test("a task asks ECS for protection while it has work, and gives it back", async () => {
  const ecs = await openEcs();
  let busy = false;
  const protection = openProtection(ecs.url, () => busy);
  await protection.renew();
  expect(ecs.asked).toEqual([]);
  busy = true;
  await protection.renew();
  await protection.renew();
  busy = false;
  await protection.renew();
  await protection.renew();
  const on = { ProtectionEnabled: true, ExpiresInMinutes: 60 };
  expect(ecs.asked).toEqual([on, on, { ProtectionEnabled: false }]);
  ecs.close();
});
