import type { Table } from "@glasswatch/core/ports/table";
import { type RepairPolicy, repairPolicySchema } from "@glasswatch/core/repair";
import { openProfiles } from "@glasswatch/core/state/profiles";
import type { Stream } from "@glasswatch/core/state/streams";

const policyOff = repairPolicySchema.parse({});

/** What the stream's profile says of repairs. */
export async function policyOf({ profile: name }: Stream, table: Table): Promise<RepairPolicy> {
  const stored = name === null ? null : await openProfiles(table).get(name);
  return stored?.value.profile.repair ?? policyOff;
}
