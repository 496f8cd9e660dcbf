import type { Logger } from "pino";

/** Longer than it takes to notice that ECS cannot be asked, and not so long that a task that hangs stays for ever. */
const expiresInMinutes = 60;

/** Well within that. */
const renewSeconds = 30;

export interface Protection {
  stop(): void;
}

export interface ProtectionSettings {
  readonly agentUrl: string;
  /** Whether the task watches or scans something now. One that does not may be taken away where there are too many. */
  isBusy(): boolean;
  readonly log: Logger;
}

/**
 * Asks ECS to take other tasks away first, for as long as this one has work.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html
 */
export function keepProtected({ agentUrl, isBusy, log }: ProtectionSettings): Protection {
  let protectedUntil = 0;

  async function renew(): Promise<void> {
    const busy = isBusy();
    const isProtected = Date.now() < protectedUntil;
    if (!busy && !isProtected) return;
    const response = await fetch(`${agentUrl}/task-protection/v1/state`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(
        busy ? { ProtectionEnabled: true, ExpiresInMinutes: expiresInMinutes } : { ProtectionEnabled: false },
      ),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`ECS answers ${response.status}: ${await response.text()}`);
    protectedUntil = busy ? Date.now() + expiresInMinutes * 60_000 : 0;
  }

  const timer = setInterval(() => {
    renew().catch((error) => log.warn({ err: error }, "the task cannot be protected from being scaled in"));
  }, renewSeconds * 1000);
  return { stop: () => clearInterval(timer) };
}
