/* Whether the detector of this container answers: exit code 0, else 1. */

const port = process.env["GLASSWATCH_HEALTH_PORT"] ?? "8080";
const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(4_000) }).catch(() => null);
process.exitCode = answer?.ok ? 0 : 1;
