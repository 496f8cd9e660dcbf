import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validate } from "dockerfile-utils";
import { expect, test } from "vitest";
import { root } from "./sst-platform.ts";

const folder = join(root, "services/detector");
const dockerfile = readFileSync(join(folder, "Dockerfile"), "utf8");
const instructions = dockerfile.split("\n").filter((line) => /^[A-Z]+ /.test(line));
const inImage = instructions.slice(instructions.findLastIndex((line) => line.startsWith("FROM ")));

test("the Dockerfile is one that a builder takes", () => {
  expect(validate(dockerfile).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
});

test("the image runs as nobody in particular, tells how it is, and begins with the service itself", () => {
  expect(inImage).toContain("USER node");
  expect(inImage.some((line) => line.startsWith("HEALTHCHECK "))).toBe(true);
  expect(inImage.at(-1)).toBe('CMD ["node", "services/detector/src/main.ts"]');
});

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

function manifestOf(path: string): Manifest {
  return JSON.parse(readFileSync(join(root, path, "package.json"), "utf8"));
}

/** Packages of this project that the service needs, and those that they need. */
function needed(path: string): ReadonlySet<string> {
  const own = Object.keys(manifestOf(path).dependencies ?? {})
    .filter((name) => name.startsWith("@glasswatch/"))
    .map((name) => `packages/${name.slice("@glasswatch/".length)}`);
  return new Set(own.flatMap((name) => [name, ...needed(name)]));
}

test("what is sent to the builder is the source of the packages that the services need", () => {
  const sent = readFileSync(join(folder, "Dockerfile.dockerignore"), "utf8").split("\n");
  const sources = sent.filter((line) => /^!packages\/.*\/src$/.test(line)).map((line) => line.slice(1, -"/src".length));
  expect(sources.toSorted()).toEqual(
    [...new Set([...needed("services/detector"), ...needed("services/repair")])].toSorted(),
  );
});
