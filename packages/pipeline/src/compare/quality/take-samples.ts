import type { MediaReader } from "@glasswatch/core/media";
import { reduceLuma } from "@glasswatch/kernels/reduce-luma";
import { openMedia } from "@glasswatch/media/open";
import type { WorkEffects } from "../../supervised-child.ts";
import type { FromSamplesProcess, SamplesRequest } from "./messages.ts";

/** Key pictures seldom come further apart: decoding begins so long before a picture that is wanted. */
const leadSeconds = 10;
/** What both decodings of a picture may differ by in time. */
const grainSeconds = 0.001;
const breatheMs = 100;

type Effects = WorkEffects<FromSamplesProcess>;

/**
 * Reads an input as far as is needed and tells the pictures at the times that were asked for, reduced. What lies between is
 * read and not decoded; a picture whose key picture comes too late is left out.
 *
 * @throws GlasswatchError when the input cannot be opened or is cut short
 */
export async function takeSamples(request: SamplesRequest, effects: Effects): Promise<void> {
  const { input, allowPrivate } = request;
  const reader = await openMedia(input, { allowPrivate, signal: effects.signal });
  try {
    await readSamples(reader, request, effects);
  } finally {
    await reader.close();
  }
}

async function readSamples(reader: MediaReader, request: SamplesRequest, { signal, tell }: Effects): Promise<void> {
  const { times, width, height } = request;
  let index = 0;
  let soughtFor = -1;

  /** Skips to before the picture that is wanted next, where that is worth it. */
  function seek(positionSeconds: number): void {
    const next = times[index];
    if (next === undefined || soughtFor === index || next - positionSeconds < 1.5 * leadSeconds) return;
    soughtFor = index;
    reader.skipTo(next - leadSeconds);
  }

  let breathedAtMs = performance.now();
  seek(0);
  while (index < times.length) {
    const coming = reader.next();
    const unit = coming instanceof Promise ? await coming : coming;
    if (!unit) return;
    if (unit.kind === "picture") {
      while ((times[index] ?? Number.POSITIVE_INFINITY) < unit.timeSeconds - grainSeconds) index++;
      const wanted = times[index];
      if (wanted !== undefined && wanted <= unit.timeSeconds + grainSeconds) {
        tell({ type: "sample", index, ...reduceLuma(unit, width, height) });
        index++;
      }
      seek(unit.timeSeconds);
    }
    if (performance.now() - breathedAtMs < breatheMs) continue;
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    breathedAtMs = performance.now();
  }
}
