import type { AnyDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { didYouMean } from "./did-you-mean.ts";
import { profileSchemaOf } from "./profile-schema.ts";

export type ProfilePath = readonly (string | number)[];

/** One thing that is wrong with a profile, at one place in it. */
export interface ProfileProblem {
  /** Keys and list positions from the top of the profile. */
  readonly path: ProfilePath;
  readonly reason: string;
}

/** `detectors.frozen-picture.options.minSeconds: must be at least 0.1, not -1` */
export function problemText({ path, reason }: ProfileProblem): string {
  return `${pathText(path)}: ${reason}`;
}

export function pathText(path: ProfilePath): string {
  if (path.length === 0) return "profile";
  return path
    .map((key, depth) => {
      if (typeof key === "number") return `[${key}]`;
      if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return depth === 0 ? key : `.${key}`;
    })
    .join("");
}

/** Zod's issues in words for people, an unknown key at a time, each with the nearest name that is valid there. */
export function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  registry: readonly AnyDetector[],
): readonly ProfileProblem[] {
  return issues.flatMap((issue): readonly ProfileProblem[] => {
    const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
    if (issue.code !== "unrecognized_keys") return [{ path, reason: reasonOf(issue, at(value, path)) }];
    const names = keysAt(profileSchemaOf(registry), path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      reason: `unknown ${nounAt(path)}${misplaced(path, key, registry) ?? didYouMean(key, names)}`,
    }));
  });
}

function reasonOf(issue: z.core.$ZodIssue, found: unknown): string {
  const but = found === undefined ? "" : `, not ${shown(found)}`;
  switch (issue.code) {
    case "invalid_type":
      return found === undefined
        ? `is missing (expected ${typeName(issue.expected)})`
        : `expected ${typeName(issue.expected)}${but}`;
    case "too_small":
      return issue.origin === "number"
        ? `must be ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}${but}`
        : issue.message;
    case "too_big":
      return issue.origin === "number"
        ? `must be ${issue.inclusive ? "at most" : "less than"} ${issue.maximum}${but}`
        : issue.message;
    case "invalid_value":
      return valueReason(issue.values.map(String), found, but);
    case "invalid_union":
      // What is told apart by a name has that name wrong, or not at all.
      if (issue.discriminator !== undefined && issue.errors.length === 0)
        return valueReason(namesOf(issue), found, but);
      return [...new Set(issue.errors.flat().map((nested) => reasonOf(nested, at(found, nested.path))))].join(", or ");
    default:
      return issue.message;
  }
}

function namesOf(issue: z.core.$ZodIssueInvalidUnion): readonly string[] {
  return "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
}

function valueReason(values: readonly string[], found: unknown, but: string): string {
  const hint = typeof found === "string" ? didYouMean(found, values) : "";
  return `expected ${values.length > 1 ? "one of " : ""}${values.join(", ")}${but}${hint}`;
}

const typeNames: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  boolean: "true or false",
  string: "text",
  array: "a list",
  object: "a mapping of names to values",
  record: "a mapping of names to values",
};

function typeName(expected: string): string {
  return typeNames[expected] ?? expected;
}

function shown(found: unknown): string {
  if (Array.isArray(found)) return "a list";
  if (typeof found === "object" && found !== null) return "a mapping";
  const text = typeof found === "string" ? JSON.stringify(found) : String(found);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function nounAt(path: ProfilePath): string {
  if (path.length === 1 && path[0] === "detectors") return "detector";
  if (path.length === 1 && path[0] === "expect") return "expectation";
  const isOption = path[0] === "detectors" ? path[2] === "options" : path[0] === "repair" && path[3] === "options";
  return isOption ? "option" : "key";
}

/** An option written beside `options` instead of under it is the likeliest slip of all. */
function misplaced(path: ProfilePath, key: string, registry: readonly AnyDetector[]): string | undefined {
  if (path.length !== 2 || path[0] !== "detectors") return undefined;
  const detector = registry.find(({ id }) => id === path[1]);
  return detector && Object.hasOwn(detector.options.shape, key) ? ` (did you mean options.${key}?)` : undefined;
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (parent, key) => (typeof parent === "object" && parent !== null ? Reflect.get(parent, key) : undefined),
    value,
  );
}

/** The names that a schema allows at a place. */
function keysAt(schema: unknown, path: ProfilePath): readonly string[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  ) {
    return keysAt(schema.unwrap(), path);
  }
  if (schema instanceof z.ZodIntersection) {
    return [...keysAt(schema.def.left, path), ...keysAt(schema.def.right, path)];
  }
  // Which of them is meant, the value says; what none of them knows is like what one of them does.
  if (schema instanceof z.ZodUnion) return [...new Set(schema.options.flatMap((option) => keysAt(option, path)))];
  const [key, ...rest] = path;
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  return key === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[String(key)], rest);
}
