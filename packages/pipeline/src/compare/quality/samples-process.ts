import { workForSupervisor } from "../../supervised-child.ts";
import type { FromSamplesProcess, SamplesRequest } from "./messages.ts";
import { takeSamples } from "./take-samples.ts";

/* The process that decodes an input once more, for single pictures; see scan-process.ts for why it is one. */

workForSupervisor<SamplesRequest, FromSamplesProcess>(async (request, effects) => {
  await takeSamples(request, effects);
  return { type: "taken" };
});
