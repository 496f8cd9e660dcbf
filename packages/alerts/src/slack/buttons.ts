import type { Incident } from "@glasswatch/core/incident";
import { z } from "zod";
import { type Button, limits } from "./blocks.ts";
import { plain } from "./mrkdwn.ts";

/** What pressing a button means. */
export const actionIds = [
  ...(["acknowledge", "silence", "repair", "approve-repair", "reject-repair", "not-a-defect"] as const),
  "acknowledge-all",
] as const;

type ActionId = (typeof actionIds)[number];

/** What a button is about, as Slack gives it back. */
export const buttonValueSchema = z.union([
  z.object({ incidentId: z.string(), repairId: z.string().optional() }),
  z.object({ channel: z.string(), storm: z.string() }),
]);

type ButtonValue = z.infer<typeof buttonValueSchema>;

interface ButtonLook {
  readonly style?: "primary" | "danger";
  /** Asked before it is done. */
  readonly confirm?: string;
}

/** What can be done about the incident as it stands. */
export function buttonsOf(incident: Incident): readonly Button[] {
  const { id: incidentId, status, repairs, history } = incident;
  if (history.at(-1)?.what === "not-a-defect") return [];
  const confirm = "It is then over, and its findings are marked as no defects.";
  const notADefect = button("not-a-defect", "Not a defect", { incidentId }, { style: "danger", confirm });
  if (status === "resolved") return [notADefect];
  const waiting = repairs.findLast((repair) => repair.status === "awaiting-approval");
  const running = repairs.some((repair) => ["requested", "acting", "verifying"].includes(repair.status));
  const approval = waiting
    ? [
        button(
          "approve-repair",
          `Approve ${waiting.action}`,
          { incidentId, repairId: waiting.id },
          { style: "primary" },
        ),
        button("reject-repair", "Reject", { incidentId, repairId: waiting.id }),
      ]
    : [];
  return [
    ...(status === "open"
      ? [button("acknowledge", "Acknowledge", { incidentId }, waiting ? {} : { style: "primary" })]
      : []),
    ...approval,
    button("silence", "Silence 1 h", { incidentId }),
    ...(waiting || running ? [] : [button("repair", "Repair", { incidentId })]),
    notADefect,
  ];
}

export function button(id: ActionId, text: string, value: ButtonValue, { style, confirm }: ButtonLook = {}): Button {
  return {
    ...{ type: "button", action_id: id, text: plain(text, limits.button), value: JSON.stringify(value) },
    ...(style && { style }),
    ...(confirm !== undefined && {
      confirm: {
        title: plain(`${text}?`, 100),
        text: plain(confirm, 300),
        confirm: plain(text, 30),
        deny: plain("Cancel", 30),
      },
    }),
  };
}
