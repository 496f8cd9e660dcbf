/** What the ids of streams begin with that are watched while a repair is verified; no other stream's does. */
export const verificationPrefix = "verify-";

export function verificationStreamId(repairId: string): string {
  return `${verificationPrefix}${repairId}`;
}
