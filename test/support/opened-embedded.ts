import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { QueueDeclaration } from "@glasswatch/core/queues";
import type { Route } from "@glasswatch/core/routes";
import { type EmbeddedOptions, type EmbeddedPorts, openEmbedded } from "@glasswatch/embedded/open-embedded";
import { onTestFinished } from "vitest";

/** A folder that is gone when the test is over. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "glasswatch-embedded-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const queues: readonly QueueDeclaration[] = [{ name: "work", purpose: "tests", visibilitySeconds: 30, tries: 3 }];
const routes: readonly Route[] = [{ name: "all", pattern: { source: ["glasswatch"] }, target: "work" }];

/** Ports in a folder, closed when the test is over, with a queue `work` that every event goes to. */
export async function opened(
  options: Pick<EmbeddedOptions, "folder"> & Partial<EmbeddedOptions>,
): Promise<EmbeddedPorts> {
  const ports = await openEmbedded({ queues, routes, ...options });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= ports.close();
    return closing;
  };
  onTestFinished(close);
  return { ...ports, close };
}
