import type { FileRepair } from "@glasswatch/core/file-repair";
import { ProblemError } from "../http/problem-error.ts";

/** Why a repair's copy or manifest is not there: not yet, not at all, or no more. */
export function absentBlob(repair: FileRepair, what: "copy" | "manifest"): ProblemError {
  const { id, status, endedAt, copy, copyScanId } = repair;
  if (copyScanId === null) {
    const isComing = endedAt === null;
    const detail = `repair ${id} is ${status}, and has no ${what}${isComing ? " yet; ask again" : ""}`;
    return new ProblemError({
      status: 409,
      code: `no-${what}`,
      detail,
      headers: isComing ? { "retry-after": "5" } : {},
    });
  }
  if (what === "copy" && copy === null) {
    const detail = `the copy of repair ${id} was taken back; its log says why`;
    return new ProblemError({ status: 410, code: "taken-back", detail });
  }
  return new ProblemError({ status: 410, code: "expired", detail: `the ${what} of repair ${id} is kept no more` });
}
