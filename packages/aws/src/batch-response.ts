/** What a function answers to a batch: these come again, the others are done. */
export interface BatchResponse {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

export function batchResponse(failedIds: Iterable<string>): BatchResponse {
  return { batchItemFailures: [...failedIds].map((itemIdentifier) => ({ itemIdentifier })) };
}
