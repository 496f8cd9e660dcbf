import { type Finding, findingSchema } from "../finding.ts";

export type Evidence = NonNullable<Finding["evidence"]>;

export type EvidenceRole = Evidence[number]["role"];

/** What shows a finding: a picture of what was on screen before, during or after it, or a clip with sound around its start. */
export const evidenceRoles = findingSchema.shape.evidence.unwrap().element.shape.role.options;

export type PictureRole = Exclude<EvidenceRole, "clip">;

export function isPictureRole(role: EvidenceRole): role is PictureRole {
  return role !== "clip";
}

/** Name of the blob: of a picture, a JPEG, or of a clip, whose container its type of content tells. */
export function evidenceBlob(findingId: string, role: EvidenceRole): string {
  return `evidence/${findingId}/${isPictureRole(role) ? `${role}.jpg` : role}`;
}

/** Where the API answers it. */
export function evidenceUri(findingId: string, role: EvidenceRole): string {
  return `/v1/findings/${findingId}/evidence/${role}`;
}

/** All of `evidence`, and what `more` has of other roles. */
export function joinEvidence(evidence: Evidence, more: Evidence): Evidence {
  return [...evidence, ...more.filter(({ role }) => !evidence.some((known) => known.role === role))];
}
