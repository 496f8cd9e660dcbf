import type { Context } from "hono";
import { ProblemError } from "./problem-error.ts";

/** Of the version of what people can change; what the system adds, as a stream's state, does not count. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/**
 * RFC 9110 §13.1.1.
 *
 * @throws ProblemError (412) where the request is meant for another version
 */
export function assertIfMatch(c: Context, version: number): void {
  const header = c.req.header("if-match");
  if (header === undefined || header.trim() === "*") return;
  const tags = header.split(",").map((tag) => tag.trim());
  if (tags.includes(etagOf(version))) return;
  throw changedMeanwhile(`it is at version ${etagOf(version)} by now; read it and decide anew`);
}

export function changedMeanwhile(detail: string): ProblemError {
  return new ProblemError({ status: 412, code: "precondition-failed", detail });
}
