import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const root = dirname(dirname(import.meta.dirname));

const { version } = JSON.parse(readFileSync(join(root, "node_modules/sst/package.json"), "utf8")) as {
  version: string;
};

/** Beside node_modules, not in the root: `sst deploy` would take what is here for a complete installation of its own. */
const home = join(root, "node_modules/.sst");

const platform = join(home, ".sst/platform");

/** Without a provider: SST would ask npm for its newest version. */
const emptyProgram = `export default $config({ app: () => ({ name: "platform", home: "local" }), async run() {} });\n`;

/** What SST would write for that provider. */
const awsGlobal = `import * as _aws from "@pulumi/aws";
declare global {
  // @ts-expect-error
  export import aws = _aws;
}
`;

/**
 * The source of SST's components, which the `sst` program carries: seconds, and nothing is fetched. A full installation would
 * fetch 300 MB of providers for other clouds.
 *
 * @returns the folder that `sst install` writes as `.sst/platform`
 */
export function sstPlatform(): string {
  if (isReady()) return platform;

  const making = mkdtempSync(`${home}-`);
  writeFileSync(join(making, "sst.config.ts"), emptyProgram);
  const { status, stdout, stderr } = spawnSync(join(root, "node_modules/.bin/sst"), ["install", "--stage", "test"], {
    cwd: making,
    encoding: "utf8",
    env: {
      ...process.env,
      // What would install the dependencies does nothing: those that are needed are in package.json.
      SST_BUN_PATH: "true",
      SST_SKIP_DEPENDENCY_CHECK: "1",
      SST_TELEMETRY_DISABLED: "1",
    },
  });
  if (status !== 0) throw new Error(`sst install failed:\n${stdout}${stderr}`);
  writeFileSync(join(making, "aws.d.ts"), awsGlobal);
  writeFileSync(stamp(making), version);
  // Another process may have been faster, and what it made may be in use.
  if (!isReady()) {
    rmSync(home, { recursive: true, force: true });
    renameSync(making, home);
  } else {
    rmSync(making, { recursive: true });
  }
  return platform;
}

function isReady(): boolean {
  return existsSync(stamp(home)) && readFileSync(stamp(home), "utf8") === version;
}

function stamp(folder: string): string {
  return join(folder, "version");
}
