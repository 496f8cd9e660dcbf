import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Served } from "./http-content.ts";

/** What goes wrong with an answer. Offsets count the bytes of the answer, not of the file. */
export type Fault =
  /** Nothing ever comes, not even headers. */
  | { readonly kind: "hang" }
  /** The connection is closed without an answer. */
  | { readonly kind: "refuse" }
  /** So many bytes come and then nothing, the connection staying open. */
  | { readonly kind: "stall"; readonly atByte: number }
  /** So many bytes come and then the connection is closed. */
  | { readonly kind: "cut"; readonly atByte: number }
  /** `chunkBytes` every `intervalMs`. */
  | { readonly kind: "trickle"; readonly chunkBytes: number; readonly intervalMs: number };

/** Sends the content, as the fault has it. */
export async function deliver(response: ServerResponse, served: Served, fault: Fault | undefined): Promise<void> {
  switch (fault?.kind) {
    case "stall":
      response.write(served.bytes.subarray(0, fault.atByte));
      return;
    case "cut":
      response.write(served.bytes.subarray(0, fault.atByte), () => response.destroy());
      return;
    case "trickle":
      return trickle(response, served.bytes, fault);
    default:
      response.end(served.bytes);
  }
}

async function trickle(response: ServerResponse, bytes: Uint8Array, pace: { chunkBytes: number; intervalMs: number }) {
  for (let at = 0; at < bytes.length && !response.destroyed; at += pace.chunkBytes) {
    response.write(bytes.subarray(at, at + pace.chunkBytes));
    await wait(pace.intervalMs);
  }
  response.end();
}
