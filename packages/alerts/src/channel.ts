import type { CommandAnswer } from "@glasswatch/core/command";
import type { Links } from "./links.ts";
import type { News } from "./news.ts";
import type { Notice } from "./notice.ts";
import type { AlertsSetup } from "./open-alerts.ts";

/** A way to people. It may be told the same news again, and news in any order, also by two processes at the same time. */
export interface Channel {
  readonly name: string;
  /**
   * Tells people, or puts right what they were told.
   *
   * @param wanted whether a route leads here now; where it does not, only what was told before is put right
   * @throws where it could not be told: it is told again later
   */
  tell(news: News, wanted: boolean): Promise<void>;
  /** Tells people something that is about no incident, once, by its key. @throws where it could not be told */
  announce(notice: Notice): Promise<void>;
  /** What became of a command: for channels that it may have come from. @throws where it could not be told */
  answered?(answer: CommandAnswer): Promise<void>;
  /** A time-out that the channel set with `remind`. */
  due(what: string, id: string): Promise<void>;
  /** Tells people that this is a test. @throws an error of one line that says what is wrong */
  test(): Promise<void>;
}

/** What a channel has to do its work with. */
export interface ChannelContext extends AlertsSetup {
  readonly name: string;
  links(): Promise<Links>;
  /** The latest of an incident, and whether a route leads to this channel; null where there is no such incident. */
  latest(incidentId: string): Promise<{ readonly news: News; readonly wanted: boolean } | null>;
  /** Has `due` called at that time, also after a restart. The same `what` and `id` again replaces the time. */
  remind(what: string, id: string, at: Date): Promise<void>;
}
