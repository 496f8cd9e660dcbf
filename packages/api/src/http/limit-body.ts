import { bodyLimit } from "hono/body-limit";
import { ProblemError } from "./problem-error.ts";

/** Of a request's body. A thousand scans fit. */
const mostBodyBytes = 1_000_000;

export const limitBody = bodyLimit({
  maxSize: mostBodyBytes,
  onError: () => {
    const detail = "a body may have 1 MB at most; send several requests";
    throw new ProblemError({ status: 413, code: "body-too-large", detail });
  },
});
