import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { addFileRepairCopy } from "./file-repair-copy-route.ts";
import { addReadFileRepairs } from "./read-file-repair-routes.ts";
import { addRequestFileRepair } from "./request-file-repair-route.ts";

export function addFileRepairRoutes(app: ApiApp, parts: ApiParts): void {
  addRequestFileRepair(app, parts);
  addReadFileRepairs(app, parts);
  addFileRepairCopy(app, parts);
}
