import type { Finding } from "../finding.ts";

type Role = NonNullable<Finding["evidence"]>[number]["role"];

/** Name of the blob with a finding's picture, a JPEG. */
export function evidenceBlob(findingId: string, role: Role): string {
  return `evidence/${findingId}/${role}.jpg`;
}

/** Where the API answers it. */
export function evidenceUri(findingId: string, role: Role): string {
  return `/v1/findings/${findingId}/evidence/${role}`;
}
