import type { AnyDetector } from "@glasswatch/core/detector";

/** What people call kinds of defects: `Frozen picture`. A kind that no detector has is called what it is. */
export function titlesOf(registry: readonly AnyDetector[]): (kind: string) => string {
  const titles = new Map(registry.map(({ id, title }) => [id, title]));
  return (kind) => titles.get(kind) ?? kind;
}
