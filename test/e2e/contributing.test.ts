import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

/* The worked example of CONTRIBUTING.md, done as it says in a copy of the project. */

const root = join(import.meta.dirname, "../..");
const id = "overexposed-picture";
let copy = "";

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "glasswatch-contributing-"));
  for (const part of ["package.json", "vitest.config.ts", "packages", "test"]) {
    await cp(join(root, part), join(copy, part), { recursive: true, filter: (path) => !path.endsWith("node_modules") });
  }
  await linkDependencies(join(root, "node_modules"), join(copy, "node_modules"));

  const page = await readFile(join(root, "CONTRIBUTING.md"), "utf8");
  await writeFile(join(copy, `packages/detectors/src/video/${id}.ts`), block(page, "source"));
  await writeFile(join(copy, `test/cases/detectors/${id}.ts`), block(page, "fixture"));
  const registryFile = join(copy, "packages/detectors/src/registry.ts");
  const registry = await readFile(registryFile, "utf8");
  const name = block(page, "registry").trim().replace(",", "");
  await writeFile(
    registryFile,
    `import { ${name} } from "./video/${id}.ts";\n${registry.replace(/\n\];/, `\n${block(page, "registry")}];`)}`,
  );
});

afterAll(() => rm(copy, { recursive: true, force: true }));

test("three steps make a detector that the suite tests and the command line knows", async () => {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const suite = await run([vitest, "run", "test/e2e/detectors.test.ts", "-t", id]);
  expect(suite).toMatch(/3 passed/);
  const explanation = await run([join(copy, "packages/cli/bin/glasswatch.js"), "explain", id]);
  expect(explanation).toContain("What is burnt out is lost");
  expect(explanation).toContain("whiteShare");
});

/** The fenced block of the page that is marked with a word. */
function block(page: string, mark: string): string {
  const found = new RegExp(`^\`\`\`ts ${mark}\n([\\s\\S]*?)^\`\`\``, "m").exec(page)?.[1];
  if (found === undefined) throw new Error(`CONTRIBUTING.md has no block marked ${mark}`);
  return found;
}

/** The copy uses the installed packages, but its own workspaces. */
async function linkDependencies(from: string, to: string): Promise<void> {
  await mkdir(join(to, "@glasswatch"), { recursive: true });
  for (const name of await readdir(from)) {
    if (name !== "@glasswatch") await symlink(join(from, name), join(to, name));
  }
  for (const name of await readdir(join(copy, "packages"))) {
    await symlink(join(copy, "packages", name), join(to, "@glasswatch", name));
  }
}

async function run(args: readonly string[]): Promise<string> {
  const { NO_COLOR = "1", ...environment } = process.env;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
    cwd: copy,
    env: { ...environment, NO_COLOR },
  });
  return stdout + stderr;
}
