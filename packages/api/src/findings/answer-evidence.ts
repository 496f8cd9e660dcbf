import type { Blobs } from "@glasswatch/core/ports/blobs";
import { type EvidenceRole, evidenceBlob } from "@glasswatch/core/state/evidence";
import type { Context } from "hono";
import { answerBlob } from "../http/answer-blob.ts";

/** @returns null where there is none */
export async function answerEvidence(
  c: Context,
  blobs: Blobs,
  { findingId, role }: { readonly findingId: string; readonly role: EvidenceRole },
): Promise<Response | null> {
  const name = evidenceBlob(findingId, role);
  // What a function on AWS may answer is smaller than a clip.
  const address = role === "clip" ? await blobs.addressOf(name) : null;
  if (address !== null) return c.redirect(address, 307);
  const blob = await blobs.open(name);
  return blob && answerBlob(c, blob);
}
