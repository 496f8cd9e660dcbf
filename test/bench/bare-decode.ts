import { openMedia } from "@glasswatch/media/open";

/* Decodes every track of a file and looks at nothing: what a scan costs before it measures anything. */

const reader = await openMedia(process.argv[2] ?? "", { allowPrivate: false });
for (;;) {
  const unit = await reader.next();
  if (!unit) break;
}
await reader.close();
