import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const styles = ["tokens", "page", "timeline", "findings", "print"];
/** In the order in which they build on each other. */
const scripts = ["ticks", "theme", "view", "drawing", "gestures", "findings", "start"];

export interface Assets {
  readonly style: string;
  readonly script: string;
  /** For the page's Content-Security-Policy: nothing but these two runs or applies. */
  readonly policy: string;
}

/** The page's style and script, which are the same in every report. */
export function readAssets(): Assets {
  const style = styles.map((name) => read(`styles/${name}.css`)).join("\n");
  const script = `{\n${scripts.map((name) => withoutModules(read(`client/${name}.js`))).join("\n")}}\n`;
  return {
    style,
    script,
    policy: `default-src 'none'; img-src data:; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`,
  };
}

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

/** A page opened from a file may not load modules, so they are laid end to end in one block. */
function withoutModules(source: string): string {
  return source.replace(/^import [^;]*;\n/gm, "").replace(/^export /gm, "");
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
