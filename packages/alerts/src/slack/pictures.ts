import type { News } from "../news.ts";
import { subjectOf } from "./incident-message.ts";
import type { Shown } from "./shown-messages.ts";
import type { SlackClient } from "./slack-client.ts";

const most = 3;

/** Gives Slack the pictures that it does not have yet, of one finding. @returns all that it has now */
export async function uploadPictures(
  news: News,
  files: Shown["files"],
  { client, titleOf }: { readonly client: SlackClient; readonly titleOf: (kind: string) => string },
): Promise<Shown["files"]> {
  if (files.length >= most) return files;
  const shownFinding = files[0]?.findingId;
  const pictures = (await news.pictures()).filter(
    ({ findingId, role }) => (shownFinding ?? findingId) === findingId && !files.some((file) => file.role === role),
  );
  const uploaded = await Promise.all(
    pictures.map(async ({ findingId, role, bytes }) => {
      const altText = `${role}: ${subjectOf(news, titleOf)}`;
      return {
        findingId,
        role,
        id: await client.upload(bytes, { fileName: `incident-${news.incident.number}-${role}.jpg`, altText }),
      };
    }),
  );
  return [...files, ...uploaded].toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
}

const order: readonly Shown["files"][number]["role"][] = ["before", "during", "after"];
