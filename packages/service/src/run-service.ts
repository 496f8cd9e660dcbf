import { ExitCode, GlasswatchError } from "@glasswatch/core/errors";
import type { Logger } from "pino";

/** From SIGTERM on. After that nothing is waited for: leases run out, and messages come again. ECS kills after 30 s. */
const drainSeconds = 25;

/** Ends what is at work, or hands it over. */
export type Drain = () => Promise<void>;

/** The life of a container's process: it starts, works until it is asked to leave, drains, and exits. */
export async function runService(log: Logger, start: () => Promise<Drain>): Promise<never> {
  process.on("unhandledRejection", failed);
  process.on("uncaughtException", failed);
  const asked = stopSignal();
  const drain = await start().catch(failed);
  const signal = await asked;
  log.info({ signal }, "draining");
  setTimeout(() => {
    log.error("not everything was done in time");
    process.exit(ExitCode.fault);
  }, drainSeconds * 1000);
  await drain();
  log.info("stopped");
  process.exit(ExitCode.clean);

  /** What somebody can act on is one line; anything else is a fault of ours, with its stack. */
  function failed(error: unknown): never {
    if (error instanceof GlasswatchError) log.fatal(error.message);
    else log.fatal({ err: error }, "internal fault");
    process.exit(error instanceof GlasswatchError ? error.exitCode : ExitCode.fault);
  }
}

/** The first of them; those after it change nothing. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, resolve);
  });
}
