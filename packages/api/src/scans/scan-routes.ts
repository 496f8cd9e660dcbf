import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { addCreateScans } from "./create-scans-route.ts";
import { addReadScans } from "./read-scan-routes.ts";
import { addScanResult } from "./scan-result-route.ts";

export function addScanRoutes(app: ApiApp, parts: ApiParts): void {
  addCreateScans(app, parts);
  addReadScans(app, parts);
  addScanResult(app, parts);
}
