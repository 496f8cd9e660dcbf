import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { AlertsConfig } from "@glasswatch/alerts/alerts-config";
import { openAlerts } from "@glasswatch/alerts/open-alerts";
import type { AnyDetector } from "@glasswatch/core/detector";
import { ExitCode, usageError } from "@glasswatch/core/errors";
import { titlesOf } from "@glasswatch/detectors/titles";
import { openEmbedded } from "@glasswatch/embedded/open-embedded";
import type { Effects } from "../effects.ts";
import { paintFor } from "../human/paint.ts";
import { printable } from "../human/printable.ts";
import { writeOut } from "../output-stream.ts";
import { readConfig } from "../up/config-file.ts";
import { terminalSms } from "../up/terminal-sms.ts";

export interface AlertsTestOptions {
  readonly data: string;
  /** All channels, unless one is named. */
  readonly channel: string | undefined;
  readonly allowPrivate: boolean;
}

/** Sends a test through every channel. Exit code 0 where each took it, 1 where one did not, 2 where none is configured. */
export async function runAlertsTest(
  { data, channel, allowPrivate }: AlertsTestOptions,
  effects: Effects,
  registry: readonly AnyDetector[],
): Promise<ExitCode> {
  const folder = resolve(effects.cwd, data);
  const detectorIds = new Set(registry.map(({ id }) => id));
  const { alerts: configured } = await readConfig({ folder, typed: data, env: effects.env, detectorIds });
  const config = only(configured, channel, join(data, "config.json"));
  const problems = await test(config, { allowPrivate, effects, registry });
  const paint = paintFor(effects, effects.stderr);
  const lines = Object.entries(problems).map(([name, problem]) => {
    const what = `${name} (${config.channels[name]?.type})`;
    return problem === null
      ? `${paint("green", "✓")} ${what}: ok`
      : `${paint("red", "✖")} ${what}: ${printable(problem)}`;
  });
  await writeOut(effects.stderr, `${lines.join("\n")}\n`);
  return Object.values(problems).every((problem) => problem === null) ? ExitCode.clean : ExitCode.findings;
}

function only(config: AlertsConfig, channel: string | undefined, file: string): AlertsConfig {
  const { channels, people, publicUrl, storm } = config;
  const names = Object.keys(channels);
  if (names.length === 0) {
    throw usageError("bad-config", `${file}: alerts.channels: there is none yet, so there is nothing to test`);
  }
  if (channel !== undefined && !Object.hasOwn(channels, channel)) {
    throw usageError("bad-arguments", `there is no channel ${channel}; there are: ${names.join(", ")}`);
  }
  const chosen = Object.entries(channels).filter(([name]) => channel === undefined || name === channel);
  return {
    channels: Object.fromEntries(chosen),
    people,
    storm,
    routes: [],
    ...(publicUrl !== undefined && { publicUrl }),
  };
}

/** A test is nothing that anybody has to remember: it leaves alone what a running `up` keeps. */
async function test(
  config: AlertsConfig,
  { allowPrivate, effects, registry }: { allowPrivate: boolean; effects: Effects; registry: readonly AnyDetector[] },
): Promise<Readonly<Record<string, string | null>>> {
  const folder = await mkdtemp(join(tmpdir(), "glasswatch-alerts-"));
  const ports = await openEmbedded({ folder, queues: [], routes: [] });
  try {
    const alerts = openAlerts({
      ...{ config, ports, sms: terminalSms(effects), allowPrivate, titleOf: titlesOf(registry) },
      ...{ now: () => new Date(), log: { info() {}, warn() {} } },
    });
    return await alerts.test();
  } finally {
    await ports.close();
    await rm(folder, { recursive: true, force: true });
  }
}
