import { type Alerts, openAlerts } from "@glasswatch/alerts/open-alerts";
import { readAlertsConfig } from "@glasswatch/alerts/read-alerts-config";
import { openSms } from "@glasswatch/aws/sms";
import { usageError } from "@glasswatch/core/errors";
import type { JsonValue } from "@glasswatch/core/json";
import { detectors } from "@glasswatch/detectors/registry";
import { titlesOf } from "@glasswatch/detectors/titles";
import { log, now, ports, secret } from "./composition.ts";

const where = "secret Alerts";

/**
 * What the secret `Alerts` says of who is told. Null, and a line in the log for each mistake, where it cannot be made sense of:
 * what depends on it does not work then, and the rest does.
 */
export const alerts: Alerts | null = openOrTell();

function openOrTell(): Alerts | null {
  try {
    const config = readAlertsConfig(parsed(secret("Alerts")), { where, env: {} });
    return openAlerts({ config, ports, sms: openSms(), now, titleOf: titlesOf(detectors), log });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    for (const line of message.split("\n")) log.error(line);
    return null;
  }
}

function parsed(text: string): JsonValue {
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    // What is wrong with it may quote it.
    throw usageError("bad-config", `${where}: not JSON; set it again with sst secret set Alerts "$(cat alerts.json)"`);
  }
}
