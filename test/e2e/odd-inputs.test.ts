import { basename, dirname } from "node:path";
import { type ScanResult, scanDocumentSchema } from "@glasswatch/core/scan-result";
import { isAtLeast } from "@glasswatch/core/severity";
import { beforeAll, describe, expect, test } from "vitest";
import { badInputs } from "../cases/bad-inputs.ts";
import type { CaseInput, InputCase } from "../cases/case.ts";
import { httpInputs } from "../cases/http-inputs.ts";
import { oddMedia } from "../cases/odd-media.ts";
import { fixture } from "../fixtures/fixture.ts";
import { differences } from "../support/expectation.ts";
import { startHttpServer } from "../support/http-server.ts";
import { gate, runCli, temporaryFolder } from "../support/run-cli.ts";

/** The inputs of a book that end in the same way are scanned by one command, which ends in that way. */
const books = { "odd media": oddMedia, "bad inputs": badInputs, "inputs over HTTP": httpInputs };
const twoAtATime = gate(2);

const groups = Object.entries(books).flatMap(([title, cases]) => {
  const byExitCode = Map.groupBy(cases, ({ exitCode }) => exitCode);
  return [...byExitCode].map(([exitCode, members]) => ({
    title: `${title}, exit code ${exitCode}`,
    exitCode,
    members,
  }));
});

/** Begun together: some servers keep a scan waiting for half a minute. */
const outcomes = new Map<string, ReturnType<typeof scan>>();
beforeAll(() => {
  for (const { title, members } of groups) {
    const outcome = twoAtATime(() => scan(members));
    outcome.catch(() => {});
    outcomes.set(title, outcome);
  }
});

describe.each(groups)("$title", ({ title, exitCode, members }) => {
  test("one command", async () => {
    const outcome = await outcomes.get(title);
    expect(outcome?.run).toEqual({ exitCode, stackTrace: null, leftRunning: [], leftFiles: [] });
  });

  test.each(members.map((each, place) => ({ ...each, place })))("$name", async (each) => {
    const scanned = (await outcomes.get(title))?.results[each.place];
    expect(scanned && complaints(each, scanned.input, scanned.result)).toEqual([]);
  });
});

async function scan(cases: readonly InputCase[]) {
  await using folder = await temporaryFolder();
  await using provided = new AsyncDisposableStack();
  const inputs = await Promise.all(cases.map(async ({ input }) => provided.use(await provide(input)).name));
  const run = await runCli(["scan", ...inputs, "--json"], folder.path);
  const { results } = scanDocumentSchema.parse(JSON.parse(run.stdout));
  expect(results).toHaveLength(inputs.length);
  const { exitCode, leftRunning, leftFiles, stderr } = run;
  return {
    run: { exitCode, leftRunning, leftFiles, stackTrace: /^\s+at .+:\d+/m.exec(stderr) && stderr },
    results: results.map((result, place) => ({ input: inputs[place] ?? "", result })),
  };
}

/** All that is wrong with a result, so that one look tells. */
function complaints(each: InputCase, input: string, result: ScanResult): readonly string[] {
  return [
    ...errorComplaints(each, input, result),
    ...differences(result, each.result ?? {}, "result"),
    ...findingComplaints(each, result),
    ...result.detectors.filter(({ status }) => status === "errored").map(({ id, message }) => `${id}: ${message}`),
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
