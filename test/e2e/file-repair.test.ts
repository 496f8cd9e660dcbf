import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Writable } from "node:stream";
import { runUp } from "@glasswatch/cli/up/run-up";
import type { FileRepair } from "@glasswatch/core/file-repair";
import type { ScanResult } from "@glasswatch/core/scan-result";
import { detectors } from "@glasswatch/detectors/registry";
import { manifestSchema } from "@glasswatch/repair/media/manifest";
import { expect, onTestFinished, test, vi } from "vitest";
import { repairRecipes } from "../cases/repair.ts";
import { fixtureOf } from "../fixtures/fixture.ts";
import { startHttpServer } from "../support/http-server.ts";
import { patience } from "../support/patience.ts";
import { temporaryFolder } from "../support/run-cli.ts";

/* Files that are scanned by `up`: their copies are repaired by policy and by hand, scanned in turn, and fetched over the API. */

const wanted = ["replace-segment", "normalise-loudness", "realign-audio"];
const fixture = (name: string) => fixtureOf(repairRecipes, name, "fixtures/repair");

interface Client {
  ask(method: string, path: string, body?: object): Promise<Response>;
  /** Of a repair of the scan: whole where it is over. */
  ended(scanId: string): Promise<FileRepair>;
  findingsOf(scanId: string): Promise<readonly string[]>;
}

function clientOf({ url, key }: { readonly url: string; readonly key: string }): Client {
  const ask: Client["ask"] = async (method, path, body) => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const response = await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  async function read<Answer>(path: string): Promise<Answer> {
    return (await (await ask("GET", path)).json()) as Answer;
  }
  return {
    ask,
    async ended(scanId) {
      const isOver = async () => {
        const { items } = await read<{ readonly items: readonly FileRepair[] }>(`/v1/scans/${scanId}/repairs`);
        const [repair] = items;
        if (!repair?.endedAt) throw new Error(`not over: ${JSON.stringify(repair)}`);
        return repair;
      };
      return vi.waitFor(isOver, { ...patience, interval: 100 });
    },
    async findingsOf(scanId) {
      const isThere = () => read<{ readonly results: readonly ScanResult[] }>(`/v1/scans/${scanId}/result`);
      const { results } = await vi.waitFor(isThere, { ...patience, interval: 100 });
      return results.flatMap(({ findings }) => findings.map(({ kind }) => kind)).toSorted();
    },
  };
}

/** Runs in this process until it is disposed of. */
async function startUp(folder: string): Promise<Client & AsyncDisposable> {
  const stop = new AbortController();
  const silent = () => new Writable({ write: (_chunk, _encoding, done) => done() });
  const effects = { stdout: silent(), stderr: silent(), stdin: () => process.stdin, cwd: folder, env: {} };
  const running = runUp(
    { data: "data", port: undefined, allowPrivate: true },
    { ...effects, signal: stop.signal, now: () => performance.now() },
    detectors,
  );
  const api = join(folder, "data", "api.json");
  const client = await vi.waitFor(async () => clientOf(JSON.parse(await readFile(api, "utf8"))), patience);
  return {
    ...client,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

test("a file with quiet sound, 200 ms early, and damaged pictures comes back as a copy that scans clean", async () => {
  await using folder = await temporaryFolder();
  const [broken, quiet] = [await fixture("broken"), await fixture("quiet")];
  const server = await startHttpServer({ "/broken.mp4": { file: broken }, "/quiet.wav": { file: quiet } });
  onTestFinished(() => server.close());
  await using up = await startUp(folder.path);
  const { ask, ended, findingsOf } = up;
  const expected = { loudness: {} };
  const repair = { mode: "auto", actions: wanted.map((action) => ({ action })) };
  await ask("PUT", "/v1/profiles/repaired", { expect: expected, repair });
  await ask("PUT", "/v1/profiles/judged", { expect: expected });
  const scans = [
    { url: `${server.url}/broken.mp4`, profile: "repaired" },
    { url: `${server.url}/quiet.wav`, profile: "judged" },
  ];
  const { ids } = (await (await ask("POST", "/v1/scans", { scans })).json()) as { readonly ids: readonly string[] };
  const [byPolicy = "", byHand = ""] = ids;
  expect(await findingsOf(byHand)).toEqual(["loudness"]);
  await ask("POST", `/v1/scans/${byHand}/repairs`, {});

  const done = await ended(byPolicy);
  expect(done).toMatchObject({ status: "succeeded", requestedBy: { name: "policy" }, wanted });
  expect(done.made.map(({ action }) => action)).toEqual(wanted);
  const path = `/v1/scans/${byPolicy}/repairs/${done.id}`;
  const media = await ask("GET", `${path}/copy`);
  const bytes = new Uint8Array(await media.arrayBuffer());
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expect(done.copy).toEqual({ fileName: "broken.mp4", contentType: "video/mp4", sizeBytes: bytes.length, sha256 });
  expect(await findingsOf(done.copyScanId ?? "")).toEqual([]);
  const manifest = manifestSchema.parse(await (await ask("GET", `${path}/manifest`)).json());
  const found = manifest.before.findings.map(({ kind }) => kind).toSorted();
  expect(found).toEqual(["av-desync", "block-corruption", "loudness"]);
  const gone = manifest.before.findings.map(({ id }) => id);
  expect(manifest).toMatchObject({
    output: { sha256 },
    findings: { gone, left: [], new: [] },
    after: { findings: [] },
  });
  expect(Math.abs((manifest.after?.audio[0]?.integratedLufs ?? 0) + 23)).toBeLessThanOrEqual(0.5);

  const asked = await ended(byHand);
  expect(asked).toMatchObject({ status: "succeeded", requestedBy: { via: "api" }, copy: { fileName: "quiet.wav" } });
  expect(await findingsOf(asked.copyScanId ?? "")).toEqual([]);
  const all = (await (await ask("GET", "/v1/scans")).json()) as { readonly items: readonly object[] };
  expect(all.items, "copies are not repaired in turn").toHaveLength(4);
  expect(await readdir(join(folder.path, "data", "scratch"))).toEqual([]);
});
