/** One thing that is wrong with a request. */
export interface RequestError {
  readonly detail: string;
  /** Where in the body, as a JSON Pointer in a fragment: `#/labels/channel`. */
  readonly pointer?: string;
  /** Which parameter of the query. */
  readonly parameter?: string;
}

export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 410 | 412 | 413 | 415 | 422 | 429 | 500 | 503;

export interface ProblemFacts {
  readonly status: ProblemStatus;
  /** Stable kebab-case code, as in the errors of scans. */
  readonly code: string;
  /** One line for people: what is wrong, and what to do. */
  readonly detail: string;
  readonly errors?: readonly RequestError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Ends a request with an answer that tells its sender what is wrong. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly facts: ProblemFacts;

  constructor(facts: ProblemFacts) {
    super(facts.detail);
    this.facts = facts;
  }
}

/** @param what `stream 3f`, … */
export function notFound(what: string): ProblemError {
  return new ProblemError({ status: 404, code: "not-found", detail: `there is no ${what}` });
}

export function badQuery(errors: readonly RequestError[]): ProblemError {
  return new ProblemError({ status: 400, code: "bad-query", detail: lineOf(errors), errors });
}

/** The body is JSON, and says what cannot be. */
export function badBody(errors: readonly RequestError[]): ProblemError {
  return new ProblemError({ status: 422, code: "bad-request-body", detail: lineOf(errors), errors });
}

function lineOf(errors: readonly RequestError[]): string {
  const [first] = errors;
  const place = first?.parameter === undefined ? first?.pointer?.slice(2) : encodeURIComponent(first.parameter);
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : "";
  return `${place ? `${place}: ` : ""}${first?.detail ?? "not valid"}${more}`;
}
