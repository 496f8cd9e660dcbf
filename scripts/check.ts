import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/* What must hold before a commit, in seconds: format and lint, types, and links between the documents. */

const steps: readonly (readonly [name: string, run: () => boolean])[] = [
  ["format and lint", () => passes("biome", ["check", "--error-on-warnings", "."])],
  ["types", () => passes("tsc", ["--project", "."])],
  ["links in documents", documentLinksHold],
];

function passes(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: "inherit" }).status === 0;
}

/** Relative links in Markdown lead to files that exist, and their anchors to headings that do. */
function documentLinksHold(): boolean {
  const documents = globSync(["*.md", "docs/**/*.md", "models/**/*.md"]);
  const broken = documents.flatMap((document) =>
    linksOf(readFileSync(document, "utf8"))
      .filter((link) => !leadsSomewhere(document, link))
      .map((link) => `${document}: ${link} leads nowhere`),
  );
  for (const line of broken) console.error(line);
  return broken.length === 0;
}

function linksOf(markdown: string): readonly string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```/gm, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] ?? "")
    .filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(document: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? document : join(dirname(document), path);
  if (!existsSync(target)) return false;
  return anchor === undefined || !target.endsWith(".md") || anchorsOf(readFileSync(target, "utf8")).has(anchor);
}

/** As GitHub makes them: lower case, punctuation gone, spaces to hyphens. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const headings = [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map((match) => match[1] ?? "");
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .trim()
        .replaceAll(" ", "-"),
    ),
  );
}

const failed = steps.filter(([name, run]) => {
  const started = performance.now();
  const passed = run();
  console.log(`${passed ? "✓" : "✗"} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return !passed;
});
process.exitCode = failed.length === 0 ? 0 : 1;
