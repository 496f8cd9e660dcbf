import { readFileSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, sep } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { root } from "./sst-platform.ts";

/** What is deployed: `sst deploy` and `sst dev` make different programs of one source. */
export interface Deployment {
  readonly stage: string;
  readonly isDev: boolean;
}

export interface App {
  readonly name: string;
  readonly stage: string;
  readonly removal: string;
  readonly protect: boolean;
}

/** Of the packages that SST's components import, these run as they are. */
const installed = ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/docker-build", "@pulumi/random", "@pulumi/tls", "esbuild"];

const requireBanner = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
const __filename = import.meta.filename; const __dirname = import.meta.dirname;`;

/** Providers of other clouds, and clients of AWS that nothing here reaches. Using one of them fails. */
const absent = `
const nothing = (path) => new Proxy(class {}, {
  get: (target, name) => name === "__esModule" ? true : name === "prototype" ? target.prototype : nothing(path + "." + String(name)),
  apply: () => { throw new Error(path + " is not part of the check"); },
  construct: () => { throw new Error(path + " is not part of the check"); },
});
module.exports = nothing(NAME);`;

/** What a function's code is packed with. It is built (sst-server.ts) and not packed: no archive is looked at. */
const standIns: Readonly<Record<string, string>> = {
  archiver: `export default () => { let file; return { on() {}, append() {}, pipe(to) { file = to; }, finalize() { file.end(); } }; };`,
  glob: "export const glob = async () => []; export const globSync = () => [];",
};

/** `$app`, `$dev` and the program's own `app()`, as `sst` evaluates it first. */
export async function appOf(platform: string, { stage, isDev }: Deployment): Promise<App> {
  const module = await bundle<Promise<Partial<App> & { readonly name: string }>>(platform, "app", {
    stdin: {
      contents: `import config from "./sst.config.ts"; export default config.app({ stage: ${JSON.stringify(stage)} });`,
      resolveDir: root,
      loader: "ts",
    },
    banner: { js: "const $config = (config) => config;" },
    define: { $dev: `${isDev}` },
  });
  return { removal: "retain", protect: false, ...(await module), stage };
}

/** The program as `sst` bundles it: sst.config.ts with what it imports, and SST's components beside it as globals. */
export async function programOf(platform: string, app: App, { isDev }: Deployment): Promise<() => Promise<object>> {
  const paths = { root, platform, home: platform, work: join(platform, "..") };
  const components = JSON.stringify(join(platform, "src/components"));
  return bundle(platform, "run", {
    stdin: {
      contents: `import { run } from ${JSON.stringify(join(platform, "src/auto/run.ts"))};
        import config from "./sst.config.ts";
        export default () => run(config.run);`,
      resolveDir: root,
      loader: "ts",
    },
    banner: { js: requireBanner },
    inject: [join(platform, "src/shim/run.js")],
    define: {
      $app: JSON.stringify(app),
      $cli: JSON.stringify({ command: "deploy", dev: isDev, rpc: "", paths, state: { version: {} } }),
      $dev: `${isDev}`,
    },
    plugins: [globals(`import * as aws from "@pulumi/aws"; import * as sst from ${components};\n`), packages(platform)],
  });
}

async function bundle<Exported>(platform: string, name: string, options: BuildOptions): Promise<Exported> {
  const outfile = join(platform, `check-${name}-${process.pid}.mjs`);
  await build({
    bundle: true,
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"],
    logLevel: "error",
    external: installed.flatMap((name) => [name, `${name}/*`]),
    outfile,
    ...options,
  });
  try {
    return (await import(outfile)).default;
  } finally {
    rmSync(outfile);
  }
}

/** `sst` and `aws` are at hand in every file of the project without an import. */
function globals(imports: string): Plugin {
  const foreign = [`${sep}.sst${sep}`, `${sep}node_modules${sep}`];
  return {
    name: "globals",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) =>
        foreign.some((folder) => path.includes(folder))
          ? undefined
          : { contents: imports + readFileSync(path, "utf8"), loader: "ts" },
      );
    },
  };
}

/** Packages that SST's components import, and that are not installed here. */
function packages(platform: string): Plugin {
  return {
    name: "packages",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^@?[a-z]/ }, ({ path, importer, kind }) => {
        const isOurs = !importer.startsWith(platform) || kind === "entry-point";
        if (isOurs || isBuiltin(path) || installed.some((name) => path === name || path.startsWith(`${name}/`))) return;
        return { path, namespace: "absent" };
      });
      onLoad({ filter: /.*/, namespace: "absent" }, ({ path }) => ({
        contents: standIns[path] ?? absent.replace("NAME", JSON.stringify(path)),
        loader: "js",
      }));
    },
  };
}
