import { ConflictError, UnavailableError } from "@glasswatch/core/ports/errors";
import { isServerError, isThrottlingError, isTransientError } from "@smithy/core/retry";

type SdkError = Parameters<typeof isThrottlingError>[0];

/** Waits for an answer of AWS. What the SDK throws, after its own retries, is thrown in the words of the ports. */
export async function answerOf<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    throw error instanceof Error ? portError(error as SdkError) : error;
  }
}

/** What the ports have no word for, such as a missing permission, stays as it is. */
function portError(error: SdkError): Error {
  if (error.name === "ConditionalCheckFailedException") {
    return new ConflictError("another version of the row stands there", { cause: error });
  }
  const isPassing = isThrottlingError(error) || isTransientError(error) || isServerError(error);
  return isPassing ? new UnavailableError(`AWS: ${error.message || error.name}`, { cause: error }) : error;
}
