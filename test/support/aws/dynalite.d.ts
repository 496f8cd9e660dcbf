declare module "dynalite" {
  import type { Server } from "node:http";

  /** In memory, without a path. */
  function dynalite(options: { readonly createTableMs?: number }): Server;
  export = dynalite;
}
