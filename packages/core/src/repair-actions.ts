import { z } from "zod";
import { mediaRepairActions } from "./media-repair-actions.ts";
import { declareAction, type RepairActionDeclaration } from "./repair-action-declaration.ts";

/** Kinds that incidents have beside those of detectors: the stream itself is what fails. */
export const streamKinds = ["stream-failed", "stream-stalled"] as const;

/** What is done about an incident while its stream goes on. */
export const streamRepairActions = {
  "switch-source": declareAction({
    title: "Switch source",
    why: "The stream is taken from the next address of its failover list, or its MediaLive channel from the next input.",
    of: "stream",
    kinds: [
      ...streamKinds,
      ...["frozen-picture", "black-picture", "flat-picture", "test-pattern", "block-corruption", "dropped-frames"],
      ...["audio-silence", "channel-silence", "audio-dropout", "audio-stutter", "av-desync"],
      ...["timestamp-jump", "timestamp-gap"],
    ],
    reversible: true,
    options: z.strictObject({
      through: z
        .enum(["failover", "medialive"])
        .default("failover")
        .describe(
          "failover: the stream's own list of addresses. medialive: the next input of the channel that the stream's label medialive-channel names; on AWS only.",
        ),
    }),
  }),
  "call-webhook": declareAction({
    title: "Call a webhook",
    why: "A signed request asks something of yours to repair it: to restart a packager, to purge a cache.",
    of: "stream",
    kinds: null,
    reversible: false,
    options: z.strictObject({
      endpoint: z.string().min(1).describe("Name of an endpoint of the deployment's configuration."),
      mayRepeat: z
        .boolean()
        .default(true)
        .describe(
          "Whether the receiver knows a repeated request by its webhook-id. Where it does not, a request of which nobody knows whether it arrived is left to people.",
        ),
    }),
  }),
  "run-workflow": declareAction({
    title: "Run a workflow",
    why: "An execution of a Step Functions state machine is started, or a Lambda function is invoked; on AWS only.",
    of: "stream",
    kinds: null,
    reversible: false,
    options: z.strictObject({
      arn: z
        .string()
        .regex(
          /^arn:aws[\w-]*:(states:[\w-]+:\d{12}:stateMachine|lambda:[\w-]+:\d{12}:function):[\w-]+(:[\w$-]+)?$/,
          "expected the ARN of a state machine or of a function",
        )
        .describe("ARN of a standard state machine or of a function, one that the deployment's settings list."),
    }),
  }),
} as const satisfies Readonly<Record<string, RepairActionDeclaration>>;

/** Every action that a policy may name, by its id. */
export const repairActions: Readonly<Record<string, RepairActionDeclaration>> = {
  ...streamRepairActions,
  ...mediaRepairActions,
};
