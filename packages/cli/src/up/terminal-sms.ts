import type { AlertsLog } from "@glasswatch/alerts/open-alerts";
import { maskNumber } from "@glasswatch/alerts/sms/mask-number";
import type { Sms } from "@glasswatch/core/ports/sms";
import type { Effects } from "../effects.ts";
import { paintFor } from "../human/paint.ts";
import { printable } from "../human/printable.ts";

/** Text messages of a machine that has no way to a telephone: whoever looks at the terminal reads what would be sent. */
export function terminalSms(effects: Effects, log?: AlertsLog): Sms {
  const paint = paintFor(effects, effects.stderr);
  return {
    async send(to, text) {
      log?.info({ to: maskNumber(to), text }, "a text message that nobody sends");
      effects.stderr.write(`${paint("bold", `SMS to ${maskNumber(to)}:`)} ${printable(text)}\n`);
    },
  };
}
