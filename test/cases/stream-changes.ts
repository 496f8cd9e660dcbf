/** A change of a stream by people, and what has come of it. */
export interface StreamChangeCase {
  readonly name: string;
  readonly change: object;
  /** In the answer, among other things. */
  readonly after: object;
  /** Whether workers are invited to begin anew. */
  readonly invites: boolean;
}

/** What the stream is before each of them. */
export const streamBefore = {
  url: "https://example.com/a.m3u8",
  profile: "news",
  labels: { channel: "5", region: "eu" },
  sourceId: "source",
  outputUrl: "https://example.com/out.m3u8",
  failover: ["https://example.com/b.m3u8"],
};

export const streamChanges: readonly StreamChangeCase[] = [
  { name: "nothing", change: {}, after: streamBefore, invites: false },
  { name: "a pause", change: { paused: true }, after: { paused: true, state: { status: "paused" } }, invites: false },
  {
    name: "another address, which its name follows",
    change: { url: "https://me:secret@example.com/c.m3u8" },
    after: { url: "https://***@example.com/c.m3u8", name: "https://***@example.com/c.m3u8" },
    invites: true,
  },
  { name: "the same address", change: { url: streamBefore.url }, after: { url: streamBefore.url }, invites: false },
  { name: "a name", change: { name: " Channel 5 " }, after: { name: "Channel 5" }, invites: false },
  {
    name: "a name and an address",
    change: { name: "Channel 5", url: "https://example.com/c.m3u8" },
    after: { name: "Channel 5", url: "https://example.com/c.m3u8" },
    invites: true,
  },
  { name: "another tier", change: { tier: "light" }, after: { tier: "light" }, invites: true },
  { name: "another profile", change: { profile: "sport" }, after: { profile: "sport" }, invites: true },
  { name: "no profile", change: { profile: null }, after: { profile: null }, invites: true },
  {
    name: "a label more",
    change: { labels: { x: "y" } },
    after: { labels: { channel: "5", region: "eu", x: "y" } },
    invites: false,
  },
  {
    name: "another label",
    change: { labels: { channel: "6" } },
    after: { labels: { channel: "6", region: "eu" } },
    invites: false,
  },
  { name: "a label less", change: { labels: { region: null } }, after: { labels: { channel: "5" } }, invites: false },
  { name: "no labels", change: { labels: null }, after: { labels: {} }, invites: false },
  { name: "no source", change: { sourceId: null }, after: { sourceId: null }, invites: false },
  {
    name: "a ladder",
    change: { ladderId: "ladder" },
    after: { ladderId: "ladder", sourceId: "source" },
    invites: false,
  },
  { name: "no output", change: { outputUrl: null }, after: { outputUrl: null }, invites: false },
  { name: "no failover", change: { failover: null }, after: { failover: [] }, invites: false },
  {
    name: "another failover",
    change: { failover: ["https://me:secret@example.com/d.m3u8"] },
    after: { failover: ["https://***@example.com/d.m3u8"] },
    invites: false,
  },
];
