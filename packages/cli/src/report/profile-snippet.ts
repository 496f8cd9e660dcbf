import type { AnyDetector } from "@glasswatch/core/detector";
import { Document, isMap, isScalar } from "yaml";
import type { InputContext } from "./report-input.ts";

/** The part of a profile that sets a detector, in YAML, with the options as they were and what each means. */
export function profileSnippet({ detectors, settings }: InputContext, id: string): string {
  const options = settings.plans.find((plan) => plan.id === id)?.options ?? {};
  const body = Object.keys(options).length > 0 ? { enabled: true, options } : { enabled: true };
  const document = new Document({ detectors: { [id]: body } });
  const written = document.getIn(["detectors", id, "options"]);
  const detector = detectors.get(id);
  if (isMap(written) && detector) {
    for (const { key } of written.items) {
      if (isScalar(key)) key.commentBefore = comment(descriptionOf(detector, String(key.value)));
    }
  }
  return document.toString({ lineWidth: 0 }).trimEnd();
}

/** What the detector says about one of its options; empty where it has none of that name. */
export function descriptionOf({ options }: AnyDetector, name: string): string {
  const schema: unknown = options.shape[name];
  const described = typeof schema === "object" && schema !== null && "description" in schema ? schema.description : "";
  return typeof described === "string" ? described : "";
}

function comment(text: string): string | null {
  return text ? ` ${text.replace(/\s+/g, " ")}` : null;
}
