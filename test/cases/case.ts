import type { InputErrorCode } from "@glasswatch/core/errors";
import type { Route } from "../support/http-server.ts";

/** What is scanned. */
export type CaseInput =
  /** A fixture's file. */
  | { readonly fixture: string }
  /** The folder that a fixture's file lies in. */
  | { readonly folderOf: string }
  /** Just these words. */
  | { readonly typed: string }
  /** A fixture's file over HTTP, from a server with a fault. */
  | { readonly served: string; readonly route: Omit<Route, "file" | "folder" | "body"> }
  /** A file of a fixture's folder over HTTP, the whole folder being served. */
  | { readonly servedFolder: string; readonly file: string };

/**
 * A value to hold a fact against: equal, or a string such as `3±0.1` or `>=2` for numbers. Objects are compared by the
 * members that the expectation has, lists member by member.
 */
export type Expectation =
  | string
  | number
  | boolean
  | null
  | readonly Expectation[]
  | { readonly [name: string]: Expectation };

/** One input and all that a scan of it must and must not do. */
export interface InputCase {
  readonly name: string;
  readonly input: CaseInput;
  readonly exitCode: number;
  /** Of the result's `error`; none is expected where absent. */
  readonly errorCode?: InputErrorCode;
  /** What the one line must say, beside naming the input. */
  readonly says?: RegExp;
  /** Facts of the result. */
  readonly result?: Expectation;
  /** Kinds of all findings at `minor` or above, in order; none where absent. */
  readonly kinds?: readonly string[];
  /** Where the bytes are damaged, what the detectors make of them is left open. */
  readonly anyFindings?: true;
}
