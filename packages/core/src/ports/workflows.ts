import type { JsonObject } from "../json.ts";

/** Programs of the account's owner that a repair starts. */
export interface Workflows {
  /**
   * Starts an execution of a state machine, or invokes a function without waiting for what it gives.
   *
   * @param name of the execution: the same name again is the same execution. A function gets it with what it is given.
   * @throws UnavailableError where it was not accepted; it is to be started again
   * @throws Error with one line where it is refused
   */
  start(arn: string, name: string, input: JsonObject): Promise<void>;
}
