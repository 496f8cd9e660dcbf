import type { z } from "zod";
import { badBody, badQuery, notFound, type ProblemError, type RequestError } from "./problem-error.ts";

type Issue = z.core.$ZodIssue;

/** A request with a thousand scans may have a thousand mistakes; so many are told. */
const mostErrors = 20;

/** What zod has to say of a part of a request. */
export function problemOfIssues(target: string, issues: readonly Issue[]): ProblemError {
  // An id that cannot be is nobody's.
  if (target === "param") return notFound("such thing; check the path");
  const errors = issues.flatMap(expanded).slice(0, mostErrors);
  if (target === "json") return badBody(errors.map(({ path, detail }) => ({ detail, pointer: pointerOf(path) })));
  return badQuery(errors.map(({ path, detail }): RequestError => ({ detail, parameter: path.map(String).join(".") })));
}

interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly detail: string;
}

function expanded(issue: Issue): readonly Mistake[] {
  const { path } = issue;
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({ path: [...path, key], detail: "unknown" }));
    case "invalid_key":
      return issue.issues.map(({ message }) => ({ path, detail: message }));
    case "invalid_union":
      return nearest(issue.errors)
        .flatMap(expanded)
        .map((mistake) => ({ ...mistake, path: [...path, ...mistake.path] }));
    default:
      return [{ path, detail: issue.message.replace(/^Invalid input: (expected .*), received undefined$/, "$1") }];
  }
}

/** The alternative that was most likely meant: the one whose own members are there, whatever is wrong within them. */
function nearest(alternatives: readonly (readonly Issue[])[]): readonly Issue[] {
  const [first = [], ...others] = alternatives;
  const misfits = (issues: readonly Issue[]) => issues.flatMap(expanded).filter(({ path }) => path.length <= 1).length;
  return others.reduce((best, issues) => (misfits(issues) < misfits(best) ? issues : best), first);
}

/** RFC 6901 §6. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return `#${path.map((key) => `/${encodeURIComponent(String(key).replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("")}`;
}
