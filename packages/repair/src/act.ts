import type { Repair, RepairPolicyEntry } from "@glasswatch/core/repair";
import { openRepairs, type RepairStep } from "@glasswatch/core/state/repairs";
import { openStreams, type Stream } from "@glasswatch/core/state/streams";
import { type Action, ActionFailedError, type Plan } from "./action.ts";
import { conclude } from "./conclude.ts";
import { attemptsOfRepair } from "./past-attempts.ts";
import { policyOf } from "./policy-of.ts";
import { stepTo } from "./repair-steps.ts";
import { setRepairTimer } from "./repair-timer.ts";
import type { RepairSetup } from "./setup.ts";
import { watchResult } from "./verification-stream.ts";

/** Whoever is at it for longer was killed: actions ask, with time-outs, and do not wait for what comes of it. */
const killedAfterMs = 90_000;

/** What is interrupted so often has another reason. */
const mostTries = 3;
const againText = "was interrupted, and is done again";

/**
 * Does the repair's action, once: whoever moves it to `acting` does it. Where they were killed, it is done again under the
 * same id if that is the same to whoever it is asked of, and else left to people.
 */
export async function act(repair: Repair, traceparent: string, setup: RepairSetup): Promise<void> {
  const stream = (await openStreams(setup.ports.table).get(repair.streamId))?.value;
  const found = stream && (await actionOf(repair, stream, setup));
  if (!found) {
    return conclude(
      repair,
      { status: "abandoned", text: `the policy has no ${repair.action} any more`, traceparent },
      setup,
    );
  }
  const claimed =
    repair.status === "acting"
      ? await claimAgain(repair, found, traceparent, setup)
      : await claim(repair, { ...found, stream }, traceparent, setup);
  if (claimed) await doIt(claimed, { ...found, stream }, traceparent, setup);
}

interface Found {
  readonly action: Action;
  readonly options: RepairPolicyEntry["options"];
}

async function actionOf({ action: id }: Repair, stream: Stream, setup: RepairSetup): Promise<Found | null> {
  const action = setup.actions.find((candidate) => candidate.id === id);
  const { actions } = await policyOf(stream, setup.ports.table);
  const entry = actions.find((candidate) => candidate.action === id);
  return action && entry ? { action, options: entry.options } : null;
}

interface Doing extends Found {
  readonly stream: Stream;
}

/** Null where somebody else is at it, or it cannot be done any more. */
async function claim(repair: Repair, { action, options, stream }: Doing, traceparent: string, setup: RepairSetup) {
  const earlier = (await attemptsOfRepair(repair, setup)).filter(({ id }) => id !== repair.id);
  const plan: Plan = await action.plan({ stream, options, earlier, tools: setup.tools });
  if (plan.refused !== undefined) {
    await conclude(repair, { status: "abandoned", text: plan.refused, traceparent }, setup);
    return null;
  }
  return change(repair, setup, () => {
    const at = setup.now();
    const change = { status: "acting", actedAt: at.toISOString(), undo: plan.undo } as const;
    return stepTo(repair, change, { at, traceparent, text: `begins to ${plan.would}` });
  });
}

async function claimAgain(repair: Repair, { action, options }: Found, traceparent: string, setup: RepairSetup) {
  const { id, streamId } = repair;
  const dueAt = new Date(Date.parse(repair.actedAt ?? repair.requestedAt) + killedAfterMs);
  if (setup.now() < dueAt) {
    await setRepairTimer(setup.ports.timers, { what: "repair", id, streamId, dueAt, traceparent });
    return null;
  }
  const tries = 1 + repair.log.filter(({ text }) => text === againText).length;
  if (!action.mayRepeat(options) || tries >= mostTries) {
    const text = "it was interrupted, and nobody knows whether it was done: have a look yourself";
    await conclude(repair, { status: "failed", text, traceparent }, setup);
    return null;
  }
  return change(repair, setup, () => {
    const at = setup.now();
    return stepTo(repair, { actedAt: at.toISOString() }, { at, traceparent, text: againText });
  });
}

async function doIt(repair: Repair, { action, options, stream }: Doing, traceparent: string, setup: RepairSetup) {
  const { table } = setup.ports;
  const { undo } = repair;
  const context = { repair, stream, options, undo, table, tools: setup.tools };
  let done: string;
  try {
    done = await action.act(context);
  } catch (error) {
    if (!(error instanceof ActionFailedError)) throw error;
    return conclude(repair, { status: "failed", text: error.message, traceparent }, setup);
  }
  const at = setup.now();
  const { verify } = await policyOf(stream, setup.ports.table);
  const verification = {
    streamId: await watchResult(repair, stream, table, at),
    ...{ neededSeconds: verify.cleanSeconds, cleanSeconds: 0 },
    ...{ since: at.toISOString(), until: new Date(at.getTime() + verify.withinSeconds * 1000).toISOString() },
  };
  await change(repair, setup, () =>
    stepTo(repair, { status: "verifying", verification }, { at, traceparent, text: done }),
  );
}

/** Unless somebody else changed it meanwhile. */
async function change(repair: Repair, { ports: { table } }: RepairSetup, step: () => RepairStep) {
  let isOurs = false;
  const changed = await openRepairs(table).change(repair.id, (known) => {
    isOurs = known?.version === repair.version;
    return isOurs ? step() : null;
  });
  return isOurs ? changed : null;
}
