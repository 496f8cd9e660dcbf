import type { Logger } from "pino";

/** How often ECS is told whether this task has work. */
const renewSeconds = 30;

/** Longer than it takes to notice that ECS cannot be asked, and not so long that a task that hangs stays for ever. */
const expiresInMinutes = 60;

export interface Protection {
  /** To be called now and then, well within an hour. @throws where ECS cannot be asked, or refuses */
  renew(): Promise<void>;
}

/**
 * Asks ECS to take other tasks away first, for as long as this one has work.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html
 */
export function openProtection(agentUrl: string, isBusy: () => boolean): Protection {
  let isProtected = false;

  async function put(state: object): Promise<void> {
    const response = await fetch(`${agentUrl}/task-protection/v1/state`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(state),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`ECS answers ${response.status}: ${await response.text()}`);
  }

  return {
    async renew() {
      const busy = isBusy();
      if (!busy && !isProtected) return;
      await put(busy ? { ProtectionEnabled: true, ExpiresInMinutes: expiresInMinutes } : { ProtectionEnabled: false });
      isProtected = busy;
    },
  };
}

export interface ProtectedTask {
  /** Where a task asks ECS not to be taken away; null elsewhere. */
  readonly agentUrl: string | null;
  readonly log: Logger;
  isBusy(): boolean;
}

/** Keeps ECS informed until stopped. */
export function protectWhileBusy({ agentUrl, isBusy, log }: ProtectedTask): { stop(): void } {
  if (agentUrl === null) return { stop() {} };
  const protection = openProtection(agentUrl, isBusy);
  const renewing = setInterval(async () => {
    await protection.renew().catch((error) => {
      log.warn({ err: error }, "the task cannot be protected from being scaled in");
    });
  }, renewSeconds * 1000);
  return { stop: () => clearInterval(renewing) };
}
