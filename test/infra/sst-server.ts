import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { root } from "./sst-platform.ts";

export interface SstServer {
  readonly url: string;
  close(): void;
}

interface BuildInput {
  readonly functionID: string;
  readonly handler: string;
}

interface BuildOutput {
  readonly handler: string;
  readonly out: string;
  readonly errors: readonly string[];
  readonly sourcemaps: readonly string[];
}

const buckets = { asset: "sst-asset", assetEcrRegistryId: "123456789012", state: "sst-state" };
const appsync = { http: "http.appsync.example", realtime: "realtime.appsync.example" };

/**
 * What the `sst` program answers its components. Handlers are bundled in earnest: one that is missing, lacks its export or does
 * not bundle is an error here as it would be in a deployment.
 */
export async function openSstServer(): Promise<SstServer> {
  const methods: Record<string, (input: never) => unknown> = {
    "Provider.Aws.Bootstrap": () => ({
      ...buckets,
      assetEcrUrl: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/sst-asset",
      appsyncHttp: appsync.http,
      appsyncRealtime: appsync.realtime,
    }),
    "Provider.Aws.Appsync": () => appsync,
    "Runtime.AddTarget": () => true,
    "Runtime.Build": buildHandler,
  };
  const server = createServer(async (request, response) => {
    const { method, params } = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const answer = methods[method];
    try {
      if (!answer) throw new Error(`rpc: can't find ${method}`);
      response.end(JSON.stringify({ result: await answer(params[0] as never) }));
    } catch (error) {
      response.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void server.close(),
  };
}

async function buildHandler({ functionID, handler }: BuildInput): Promise<BuildOutput> {
  const [file = "", exported = ""] = handler.split(/\.(?=[^.]+$)/);
  const source = join(root, `${file}.ts`);
  if (!existsSync(source)) return failed(`${functionID}: there is no ${file}.ts`);
  const { metafile, errors } = await build({
    entryPoints: [source],
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
    metafile: true,
    logLevel: "silent",
    outfile: "bundle.mjs",
  }).catch((error: { errors: readonly { text: string }[] }) => ({ metafile: null, errors: error.errors }));
  if (!metafile) return failed(...errors.map(({ text }) => `${functionID}: ${text}`));
  const exports = exportsOf(metafile);
  if (!exports.includes(exported)) return failed(`${functionID}: ${file}.ts exports ${exports}, and no ${exported}`);
  return { handler: `bundle.${exported}`, out: root, errors: [], sourcemaps: [] };
}

function failed(...errors: readonly string[]): BuildOutput {
  return { handler: "", out: "", errors, sourcemaps: [] };
}

function exportsOf({ outputs }: Metafile): readonly string[] {
  return Object.values(outputs)[0]?.exports ?? [];
}
