/** Amazon SQS and EventBridge take ten entries a request. */
const mostEntries = 10;

/** What all entries of a request may weigh, and so each of them: 256 KB. */
export const mostRequestBytes = 262_144;

/** Requests under way at the same time. */
const mostRequests = 8;

/** Cuts entries, in their order, into requests that are neither too many nor too heavy. */
export function batchesOf<Entry>(entries: readonly Entry[], bytesOf: (entry: Entry) => number): Entry[][] {
  const batches: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const batch = batches.at(-1);
    bytes += bytesOf(entry);
    if (batch && batch.length < mostEntries && bytes <= mostRequestBytes) {
      batch.push(entry);
    } else {
      batches.push([entry]);
      bytes = bytesOf(entry);
    }
  }
  return batches;
}

/** Sends batches, a few at the same time. @returns what came of each */
export async function sendEach<Batch, Result>(
  batches: readonly Batch[],
  send: (batch: Batch) => Promise<Result>,
): Promise<PromiseSettledResult<Result>[]> {
  const results: PromiseSettledResult<Result>[] = [];
  for (let start = 0; start < batches.length; start += mostRequests) {
    results.push(...(await Promise.allSettled(batches.slice(start, start + mostRequests).map(send))));
  }
  return results;
}
