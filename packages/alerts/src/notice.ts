/** What people are told that is about no incident: a digest, or that Glasswatch cannot see. */
export interface Notice {
  /** The same notice again has the same key. */
  readonly key: string;
  readonly type: "digest" | "heartbeat";
  readonly at: Date;
  readonly title: string;
  readonly lines: readonly string[];
  /** All of it, as far as a text message holds it. */
  readonly short: string;
}
