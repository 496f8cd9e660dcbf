import { type Completeness, inspectCompleteness } from "../completeness/completeness.ts";
import type { RandomAccess } from "../completeness/random-access.ts";
import type { Fetcher } from "./fetcher.ts";
import { type HttpStream, openHttpStream } from "./http-stream.ts";

/** A file that is no fragmented one shows its structure within these. */
const mostRequests = 6;

/** What of the file is at hand costs nothing; each other place costs a request. */
function randomAccessOverHttp(fetcher: Fetcher, url: string, sizeBytes: number, head: Uint8Array): RandomAccess {
  let requests = 0;
  return {
    sizeBytes,
    async read(offsetBytes, length) {
      const end = Math.min(offsetBytes + length, sizeBytes);
      if (end <= head.length) return Buffer.from(head.subarray(offsetBytes, Math.max(offsetBytes, end)));
      if (++requests > mostRequests) throw new Error("more requests than the answer is worth");
      const stream = await openHttpStream(fetcher, url, { fromBytes: offsetBytes, untilBytes: end });
      try {
        const chunks: Uint8Array[] = [];
        for (let chunk = await stream.read(); chunk !== null; chunk = await stream.read()) chunks.push(chunk);
        return Buffer.concat(chunks);
      } finally {
        await stream.close();
      }
    },
  };
}

/** Whether a file lies on its server whole; null where that cannot be told, or not with a few small requests. */
export async function httpCompleteness(
  fetcher: Fetcher,
  { url, sizeBytes, ranged }: HttpStream,
  head: Uint8Array,
): Promise<Completeness | null> {
  if (sizeBytes === null || !ranged) return null;
  // That the rest cannot be had is told when it is read.
  return inspectCompleteness(randomAccessOverHttp(fetcher, url, sizeBytes, head)).catch(() => null);
}
