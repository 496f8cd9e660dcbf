import { findingSchema } from "../finding.ts";

/** What a picture shows: what was on screen before the finding, during it, after it. */
export const evidenceRoles = findingSchema.shape.evidence.unwrap().element.shape.role.options;

type Role = (typeof evidenceRoles)[number];

/** Name of the blob with a finding's picture, a JPEG. */
export function evidenceBlob(findingId: string, role: Role): string {
  return `evidence/${findingId}/${role}.jpg`;
}

/** Where the API answers it. */
export function evidenceUri(findingId: string, role: Role): string {
  return `/v1/findings/${findingId}/evidence/${role}`;
}
