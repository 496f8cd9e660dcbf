import type { AnyDetector } from "@glasswatch/core/detector";
import { usageError } from "@glasswatch/core/errors";
import { detectorDoc, detectorsMarkdown } from "@glasswatch/detectors/docs";
import { findDetector } from "@glasswatch/detectors/profile";
import { profileJsonSchema } from "@glasswatch/detectors/profile-schema";
import type { Effects } from "../effects.ts";
import { paintFor } from "../human/paint.ts";
import { wrapped } from "../human/wrapped.ts";
import { explanation } from "./explanation.ts";

interface ListOptions {
  readonly ids: readonly string[];
  readonly json: boolean;
  readonly markdown: boolean;
  readonly profileSchema: boolean;
}

/**
 * What `glasswatch detectors` prints.
 *
 * @throws GlasswatchError with exit code 2 for an unknown id, or two forms at once
 */
export function listDetectors(
  { ids, json, markdown, profileSchema }: ListOptions,
  registry: readonly AnyDetector[],
  effects: Pick<Effects, "stdout" | "env">,
): string {
  if ([json, markdown, profileSchema].filter(Boolean).length > 1) {
    throw usageError(
      "bad-arguments",
      "--json, --markdown and --profile-schema exclude each other; see glasswatch detectors --help",
    );
  }
  if (ids.length > 0 && (markdown || profileSchema)) {
    throw usageError("bad-arguments", "--markdown and --profile-schema are of all detectors; leave the ids out");
  }
  if (profileSchema) return `${JSON.stringify(profileJsonSchema(registry), null, 2)}\n`;
  const chosen = ids.length > 0 ? ids.map((id) => findDetector(registry, id)) : registry;
  if (markdown) return detectorsMarkdown(registry);
  if (json) return `${JSON.stringify({ schemaVersion: 1, detectors: chosen.map(detectorDoc) }, null, 2)}\n`;
  if (ids.length > 0) return chosen.map((detector) => explanation(detector, effects)).join("\n");
  return overview(registry, effects);
}

function overview(registry: readonly AnyDetector[], { stdout, env }: Pick<Effects, "stdout" | "env">): string {
  const paint = paintFor({ env }, stdout);
  const width = Math.min(stdout.columns ?? 100, 120);
  const idWidth = Math.max(0, ...registry.map(({ id }) => id.length));
  const indent = idWidth + 4;
  const rows = registry.map(({ id, title, why }) => {
    const text = wrapped(`${title}. ${why}`, { indent, width }).trimStart();
    return `  ${paint("bold", id)}${" ".repeat(idWidth - id.length + 2)}${text}`;
  });
  return `${rows.join("\n")}\n\nMore about one: glasswatch explain ID\n`;
}
