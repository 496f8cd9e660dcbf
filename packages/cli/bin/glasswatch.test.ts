import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { scanDocumentSchema } from "@glasswatch/core/scan-result";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const bin = fileURLToPath(new URL("./glasswatch.js", import.meta.url));

/** Makes a Node say that it is an older one, which has the program run on the Node of the project. */
const older = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.11.0" } });`;
const diesInProgram = `if (process.argv[1]?.endsWith("start.ts")) process.kill(process.pid, "SIGKILL");`;

function preload(...scripts: readonly string[]): NodeJS.ProcessEnv {
  return { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(scripts.join(""))}` };
}

interface Run {
  readonly child: ChildProcess;
  /** Resolves when the process and all that hold its outputs are gone. */
  ended(): Promise<{ code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }>;
}

function start(argv: readonly string[], env: NodeJS.ProcessEnv, program = bin): Run {
  const child = spawn(process.execPath, [program, ...argv], { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const exited = once(child, "exit");
  return {
    child,
    ended: async () => {
      const [[code, signal], stdout, stderr] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
      return { code, signal, stdout, stderr };
    },
  };
}

/** A server that takes requests and never answers them. */
async function hangingServer(): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(() => {});
  await once(server.listen(0, "127.0.0.1"), "listening");
  const bound = server.address();
  return { server, url: `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}/a.mp4` };
}

function stopServer(server: Server): void {
  server.closeAllConnections();
  server.close();
}

/** Resolves once the scan has asked for its address; a scan that ends before that is a failure. */
async function requested(server: Server, child: ChildProcess): Promise<void> {
  const ended = once(child, "exit").then(() => Promise.reject(new Error("ended without a request")));
  await Promise.race([once(server, "request"), ended]);
  ended.catch(() => {});
}

const nodes: readonly (readonly [string, NodeJS.ProcessEnv])[] = [
  ["a Node that runs the program itself", process.env],
  ["an older Node", preload(older)],
];

describe.each(nodes)("on %s", (_, env) => {
  test("arguments, outputs and exit codes pass through", async () => {
    expect(await start(["--version"], env).ended()).toEqual({
      code: 0,
      signal: null,
      stdout: "glasswatch 0.1.0\n",
      stderr: "",
    });
    const misuse = await start(["scan", "--jobs", "x y", "a"], env).ended();
    expect(misuse.code).toBe(2);
    expect(misuse.stderr).toContain("--jobs x y: expected a whole number");
  });

  test("a missing file is exit code 3 and a valid document", async () => {
    const { code, stdout, stderr } = await start(["scan", "--json", "/gone.mp4"], env).ended();
    expect(code).toBe(3);
    expect(scanDocumentSchema.parse(JSON.parse(stdout)).results[0]?.error?.code).toBe("file-not-found");
    expect(stderr).toMatch(/^glasswatch: \/gone\.mp4: .*\n$/);
  });

  test("a reader that leaves early is no fault", async () => {
    const { child } = start(["detectors", "--json"], env);
    child.stdout?.destroy();
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
  });

  describe("while an address hangs", () => {
    let hanging: Awaited<ReturnType<typeof hangingServer>>;
    beforeAll(async () => {
      hanging = await hangingServer();
    });
    afterAll(() => stopServer(hanging.server));

    test.each<[string, (pid: number) => void]>([
      ["SIGINT to the process alone", (pid) => process.kill(pid, "SIGINT")],
      ["SIGINT to the whole group, as a terminal sends it", (pid) => process.kill(-pid, "SIGINT")],
      ["SIGTERM", (pid) => process.kill(pid, "SIGTERM")],
      ["SIGTERM to the whole group, as systemd sends it", (pid) => process.kill(-pid, "SIGTERM")],
      ["SIGHUP to the whole group, as a terminal that closes sends it", (pid) => process.kill(-pid, "SIGHUP")],
    ])("%s gives a partial document and exit code 3", async (_name, stop) => {
      const { child, ended } = start(["scan", "--json", hanging.url], env);
      await requested(hanging.server, child);
      stop(child.pid ?? 0);
      const { code, stdout } = await ended();
      expect(code).toBe(3);
      expect(scanDocumentSchema.parse(JSON.parse(stdout)).results[0]).toMatchObject({
        complete: false,
        error: { code: "interrupted" },
      });
    });
  });
});

describe("the program on a Node of its own", () => {
  test("ends by itself when the process that started it is killed", async () => {
    const { server, url } = await hangingServer();
    const { child, ended } = start(["scan", "--json", url], preload(older));
    await requested(server, child);
    child.kill("SIGKILL");
    const { signal, stdout } = await ended();
    expect(signal).toBe("SIGKILL");
    expect(JSON.parse(stdout)).toMatchObject({ results: [{ error: { code: "interrupted" } }] });
    stopServer(server);
  });

  test("passes on the signal that it died of", async () => {
    const { code, signal } = await start(["--version"], preload(older, diesInProgram)).ended();
    expect([code, signal]).toEqual([null, "SIGKILL"]);
  });
});

test("without dependencies one line says what to type", async () => {
  const folder = await mkdtemp(join(tmpdir(), "glasswatch-bin-"));
  await copyFile(bin, join(folder, "glasswatch.js"));
  const { code, stdout, stderr } = await start(["--help"], process.env, join(folder, "glasswatch.js")).ended();
  expect([code, stdout]).toEqual([4, ""]);
  expect(stderr).toMatch(/^glasswatch: dependencies are missing; type: npm run setup \(in .*\)\n$/);
  await rm(folder, { recursive: true });
});
