import type { IncidentChange } from "@glasswatch/core/incident";
import { changeInWords } from "@glasswatch/core/incident-words";
import type { News } from "../news.ts";
import { linesWithin, name, timeOf } from "./mrkdwn.ts";

/** What the message itself shows well enough. */
const notInThread: ReadonlySet<IncidentChange["what"]> = new Set(["opened", "joined", "changed"] as const);

/** What people in the channel want to notice, though the message is there already. */
const broadcast: ReadonlySet<IncidentChange["what"]> = new Set([
  ...(["worsened", "escalated", "repeated", "reopened", "acknowledgement-expired"] as const),
  ...(["repair-failed", "repair-abandoned"] as const),
]);

/** `chat.postMessage`: longer texts are better left out (4000 characters of mrkdwn). */
const textLimit = 3500;

/** What the thread of an incident's message has yet to be told. */
export interface ThreadNews {
  /** Null where there is nothing. */
  readonly text: string | null;
  readonly broadcast: boolean;
  /** Lines of the history that are told then. */
  readonly lines: number;
}

/** @param told lines of its history that the thread has, those left out of the history included */
export function threadNews(news: Pick<News, "incident" | "streams">, told: number): ThreadNews {
  const { history, furtherHistory, muted, status } = news.incident;
  const unseen = history.slice(Math.max(0, told - furtherHistory));
  const lines = unseen.filter(({ what }) => !notInThread.has(what));
  return {
    text:
      lines.length > 0
        ? linesWithin(
            lines.map((change) => line(change, news)),
            textLimit,
          )
        : null,
    broadcast: !muted && status === "open" && lines.some(({ what }) => broadcast.has(what)),
    lines: furtherHistory + history.length,
  };
}

function line(change: IncidentChange, news: Pick<News, "incident" | "streams">): string {
  return `${timeOf(change.at, "{time_secs}")} ${name(changeInWords(change, news), 300)}`;
}
