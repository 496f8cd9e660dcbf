import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dev, graphOf, production, staging } from "./graph.ts";
import { root } from "./sst-platform.ts";
import { summaryOf } from "./summary.ts";

/* Renews stacks/graph.md: npm run graph */

const graphs = {
  production: await graphOf(production),
  staging: await graphOf(staging),
  dev: await graphOf(dev),
};
writeFileSync(join(root, "stacks/graph.md"), summaryOf(graphs));
