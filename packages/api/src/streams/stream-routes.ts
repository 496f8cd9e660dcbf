import type { ApiApp } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { addChangeStream } from "./change-stream-route.ts";
import { addCreateStream } from "./create-stream-route.ts";
import { addReadStreams } from "./read-stream-routes.ts";
import { addRemoveStream } from "./remove-stream-route.ts";
import { addStreamHistory } from "./stream-history-routes.ts";
import { streamRequestSchemas } from "./stream-schemas.ts";

export function addStreamRoutes(app: ApiApp, parts: ApiParts): void {
  const { created, changed } = streamRequestSchemas(parts.allowPrivate);
  addCreateStream(app, parts, created);
  addReadStreams(app, parts);
  addChangeStream(app, parts, changed);
  addRemoveStream(app, parts);
  addStreamHistory(app, parts);
}
