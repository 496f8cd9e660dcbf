import { ConflictError } from "@glasswatch/core/ports/errors";

/** Writers that meet on one row are few. */
const mostRounds = 5;

/** Reads, decides and writes, again for as long as somebody else is faster. */
export async function retryConflicts<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let round = 1; ; round++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ConflictError) || round === mostRounds) throw error;
    }
  }
}
