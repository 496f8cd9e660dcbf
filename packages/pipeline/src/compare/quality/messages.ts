import type { ReducedLuma } from "@glasswatch/kernels/reduce-luma";
import type { Failure, ToWorker } from "../../supervised-child.ts";

/** Which pictures of an input to look at again. */
export interface SamplesRequest {
  readonly input: string;
  readonly allowPrivate: boolean;
  /** Presentation times of pictures in seconds, in order. */
  readonly times: readonly number[];
  /** What the pictures are reduced to. */
  readonly width: number;
  readonly height: number;
}

export type ToSamplesProcess = ToWorker<SamplesRequest>;

export interface Sample extends ReducedLuma {
  readonly type: "sample";
  /** Index of its time in the request. */
  readonly index: number;
}

export type FromSamplesProcess = { readonly type: "alive" } | Sample | SamplesEnding;

export type SamplesEnding = { readonly type: "taken" } | Failure;
