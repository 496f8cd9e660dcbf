import { failureOf, followSupervisor } from "../supervised-child.ts";
import type {
  FingerprintEnding,
  FingerprintRequest,
  FromFingerprintProcess,
  ToFingerprintProcess,
} from "./messages.ts";
import { takeFingerprint } from "./take-fingerprint.ts";

/* The process that decodes one of the inputs of a comparison; see scan-process.ts for why it is one. */

const signOfLifeMs = 1000;

const stop = new AbortController();

function tell(message: FromFingerprintProcess): void {
  process.send?.(message);
}

async function run(request: FingerprintRequest): Promise<FingerprintEnding> {
  try {
    return { type: "taken", ...(await takeFingerprint(request, { signal: stop.signal, tell })) };
  } catch (error) {
    return failureOf(error, request.input, stop.signal);
  }
}

followSupervisor();
process.on("message", async (message: ToFingerprintProcess) => {
  if (message.type === "stop") {
    stop.abort();
    return;
  }
  const life = setInterval(() => tell({ type: "alive" }), signOfLifeMs);
  const last = await run(message.request);
  clearInterval(life);
  process.send?.(last, () => process.exit(0));
});
