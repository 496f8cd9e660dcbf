import { workForSupervisor } from "../supervised-child.ts";
import type { FingerprintRequest, FromFingerprintProcess } from "./messages.ts";
import { takeFingerprint } from "./take-fingerprint.ts";

/* The process that decodes one of the inputs of a comparison; see scan-process.ts for why it is one. */

workForSupervisor<FingerprintRequest, FromFingerprintProcess>(async (request, effects) => ({
  type: "taken",
  ...(await takeFingerprint(request, effects)),
}));
