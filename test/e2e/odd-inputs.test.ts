import { basename, dirname } from "node:path";
import { type ScanResult, scanDocumentSchema } from "@glasswatch/core/scan-result";
import { isAtLeast } from "@glasswatch/core/severity";
import { describe, expect, test } from "vitest";
import { badInputs } from "../cases/bad-inputs.ts";
import type { CaseInput, InputCase } from "../cases/case.ts";
import { httpInputs } from "../cases/http-inputs.ts";
import { oddMedia } from "../cases/odd-media.ts";
import { fixture } from "../fixtures/fixture.ts";
import { differences } from "../support/expectation.ts";
import { startHttpServer } from "../support/http-server.ts";
import { type CliRun, gate, runCli, temporaryFolder } from "../support/run-cli.ts";

const books = { "odd media": oddMedia, "bad inputs": badInputs, "inputs over HTTP": httpInputs };
const limitSeconds = 30;
const twoAtATime = gate(2);

for (const [title, cases] of Object.entries(books)) {
  describe.concurrent(title, () => {
    for (const each of cases) {
      test(each.name, { timeout: 180_000 }, () => twoAtATime(() => check(each)));
    }
  });
}

async function check(each: InputCase): Promise<void> {
  await using folder = await temporaryFolder();
  await using input = await provide(each.input);
  const args = ["scan", input.name, "--json", ...(each.args ?? [])];
  const run = await runCli(args, folder.path, { limitSeconds: each.limitSeconds ?? limitSeconds });
  expect(complaints(each, input.name, run)).toEqual([]);
}

/** All that is wrong with a run, so that one look tells. */
function complaints(each: InputCase, input: string, run: CliRun): readonly string[] {
  const document = parse(run.stdout);
  const result = document?.results[0];
  if (!result) return [`no document on standard output: ${run.stdout.slice(0, 200)}; ${run.stderr.slice(-500)}`];
  return [
    ...(run.exitCode === each.exitCode ? [] : [`exit code ${run.exitCode} instead of ${each.exitCode}`]),
    ...(document.results.length === 1 ? [] : [`${document.results.length} results instead of 1`]),
    ...errorComplaints(each, input, result),
    ...differences(result, each.result ?? {}, "result"),
    ...findingComplaints(each, result),
    ...result.detectors.filter(({ status }) => status === "errored").map(({ id, message }) => `${id}: ${message}`),
    ...(/^\s+at .+:\d+/m.test(run.stderr) ? [`a stack trace: ${run.stderr}`] : []),
    ...run.leftRunning.map((process) => `still running: ${process}`),
    ...run.leftFiles.map((file) => `left behind: ${file}`),
  ];
}

function errorComplaints(each: InputCase, input: string, { error }: ScanResult): readonly string[] {
  if (!each.errorCode) return error ? [`error ${error.code}: ${error.message}`] : [];
  if (!error) return [`no error instead of ${each.errorCode}`];
  return [
    ...(error.code === each.errorCode ? [] : [`error ${error.code} (${error.message}) instead of ${each.errorCode}`]),
    ...(error.message.includes(basename(input)) ? [] : [`the message does not name the input: ${error.message}`]),
    ...(error.message.includes("\n") ? [`the message has several lines: ${error.message}`] : []),
    ...(each.says && !each.says.test(error.message) ? [`the message does not say ${each.says}: ${error.message}`] : []),
  ];
}

function findingComplaints(each: InputCase, { findings }: ScanResult): readonly string[] {
  if (each.anyFindings) return [];
  const told = findings.filter(({ severity }) => isAtLeast(severity, "minor"));
  const kinds = told.map(({ kind }) => kind);
  const isExpected = JSON.stringify(kinds) === JSON.stringify(each.kinds ?? []);
  return isExpected ? [] : [`findings ${JSON.stringify(told.map((f) => [f.kind, f.startSeconds, f.endSeconds]))}`];
}

function parse(stdout: string) {
  try {
    return scanDocumentSchema.parse(JSON.parse(stdout));
  } catch {
    return undefined;
  }
}

async function provide(input: CaseInput): Promise<AsyncDisposable & { readonly name: string }> {
  if ("typed" in input) return local(input.typed);
  if ("fixture" in input) return local(await fixture(input.fixture));
  if ("folderOf" in input) return local(dirname(await fixture(input.folderOf)));
  if ("served" in input) {
    const file = await fixture(input.served);
    return served({ [`/${basename(file)}`]: { ...input.route, file } }, basename(file));
  }
  const folder = dirname(await fixture(input.servedFolder));
  return served({ "/": { folder } }, input.file);
}

function local(name: string) {
  return { name, [Symbol.asyncDispose]: async () => {} };
}

async function served(routes: Parameters<typeof startHttpServer>[0], file: string) {
  const server = await startHttpServer(routes);
  return { name: `${server.url}/${file}`, [Symbol.asyncDispose]: () => server.close() };
}
