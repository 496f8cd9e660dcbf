import type { ReducedLuma } from "@glasswatch/kernels/reduce-luma";
import { faultOf, startSupervised } from "../../supervised-process.ts";
import type { FromSamplesProcess, SamplesEnding, SamplesRequest, ToSamplesProcess } from "./messages.ts";

const entry = new URL("./samples-process.ts", import.meta.url);

/**
 * Pictures of an input by their index in the request, read in a process of its own. Those that could not be had are not among
 * them: an input that fails now was told of when its fingerprint was taken, or gives what it had given until then.
 *
 * @throws Error only for a fault of Glasswatch itself
 */
export async function readSamples(
  request: SamplesRequest,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, ReducedLuma>> {
  const samples = new Map<number, ReducedLuma>();
  const { ended } = startSupervised<ToSamplesProcess, FromSamplesProcess, SamplesEnding>({
    entry,
    start: { type: "start", request },
    stop: { type: "stop" },
    signal,
    isLast,
    onMessage(message) {
      if (message.type === "sample") samples.set(message.index, message);
    },
  });
  const ending = await ended;
  if (ending.how === "told" && ending.last.type === "fault") throw faultOf(ending.last);
  return samples;
}

function isLast(message: FromSamplesProcess): message is SamplesEnding {
  return message.type === "taken" || message.type === "failed" || message.type === "fault";
}
