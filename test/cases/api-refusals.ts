import type { Ask } from "../support/open-api.ts";

/** A request that is refused at the door. */
export interface RefusalCase {
  readonly name: string;
  readonly ask: Ask;
  readonly status: number;
  readonly code: string;
  /** Headers that have to be there, and what they say. */
  readonly headers?: Readonly<Record<string, RegExp>>;
  /** Places in the request that `errors` names, exactly these. */
  readonly places?: readonly string[];
  readonly detail?: RegExp;
}

const url = "https://example.com/a.m3u8";

function post(path: string, body: unknown): Ask {
  return { method: "POST", path, body };
}

function send(text: string, headers: Readonly<Record<string, string>> = {}): Ask {
  return { method: "POST", path: "/v1/streams", text, headers };
}

export const refusalCases: readonly RefusalCase[] = [
  // Who asks.
  {
    name: "no credentials",
    ask: { method: "GET", path: "/v1/streams", scope: null },
    ...{ status: 401, code: "unauthorized", headers: { "www-authenticate": /^Bearer realm="glasswatch"$/ } },
  },
  {
    name: "a key that is none",
    ask: { method: "GET", path: "/v1/streams", scope: null, headers: { authorization: "Bearer hunter2" } },
    ...{ status: 401, code: "unauthorized", headers: { "www-authenticate": /error="invalid_token"/ } },
  },
  {
    name: "a key that nobody was given",
    ask: {
      ...{ method: "GET", path: "/v1/streams", scope: null },
      headers: { authorization: `Bearer gw_0123456789abcdef_${"A".repeat(43)}` },
    },
    ...{ status: 401, code: "unauthorized", headers: { "www-authenticate": /error="invalid_token"/ } },
  },
  {
    name: "another scheme",
    ask: { method: "GET", path: "/v1/streams", scope: null, headers: { authorization: "Basic bWU6bWU=" } },
    ...{ status: 401, code: "unauthorized" },
  },
  {
    name: "a path that is none, from a stranger",
    ask: { method: "GET", path: "/", scope: null },
    status: 401,
    code: "unauthorized",
  },
  {
    name: "a stranger's body is not read",
    ask: { method: "POST", path: "/v1/streams", text: "x".repeat(2_000_000), scope: null },
    ...{ status: 401, code: "unauthorized" },
  },
  {
    name: "a reader who wants to write",
    ask: { method: "POST", path: "/v1/streams", body: { url }, scope: "read" },
    ...{ status: 403, code: "forbidden", headers: { "www-authenticate": /insufficient_scope.*scope="write"/ } },
  },
  {
    name: "a writer who wants keys",
    ask: { method: "GET", path: "/v1/keys", scope: "write" },
    status: 403,
    code: "forbidden",
  },
  {
    name: "a reader who wants to acknowledge",
    ask: { method: "POST", path: "/v1/incidents/i1/acknowledge", scope: "read" },
    ...{ status: 403, code: "forbidden" },
  },
  {
    name: "a writer who wants to redrive",
    ask: { method: "POST", path: "/v1/queues/notify/redrive", scope: "write" },
    ...{ status: 403, code: "forbidden" },
  },

  // Where to.
  { name: "an unknown path", ask: { method: "GET", path: "/v1/stream" }, status: 404, code: "not-found" },
  { name: "the path above", ask: { method: "GET", path: "/v1/streams/" }, status: 404, code: "not-found" },
  { name: "an id that nobody has", ask: { method: "GET", path: "/v1/streams/x1" }, status: 404, code: "not-found" },
  {
    name: "an id that cannot be",
    ask: { method: "GET", path: "/v1/streams/%2e%2e%2f" },
    status: 404,
    code: "not-found",
  },
  { name: "an id with a zero byte", ask: { method: "GET", path: "/v1/scans/a%00b" }, status: 404, code: "not-found" },
  { name: "a broken escape", ask: { method: "GET", path: "/v1/scans/%E0%A4%A" }, status: 404, code: "not-found" },
  {
    name: "a queue that is none",
    ask: { method: "POST", path: "/v1/queues/x/redrive" },
    status: 404,
    code: "not-found",
  },
  {
    name: "another method",
    ask: { method: "PUT", path: "/v1/streams" },
    ...{ status: 405, code: "method-not-allowed", headers: { allow: /^(?=.*GET)(?=.*POST)(?!.*PUT)/ } },
  },
  {
    name: "a method of nobody",
    ask: { method: "BREW", path: "/v1/scans/x" },
    ...{ status: 405, code: "method-not-allowed", headers: { allow: /^GET, HEAD$/ } },
  },

  {
    name: "an incident that is none",
    ask: { method: "POST", path: "/v1/incidents/i9/resolve" },
    ...{ status: 404, code: "not-found", detail: /there is no incident i9/ },
  },
  {
    name: "a repair that is none",
    ask: { method: "POST", path: "/v1/repairs/r9/approve" },
    ...{ status: 404, code: "not-found" },
  },
  {
    name: "a repair of a scan that is none",
    ask: { method: "POST", path: "/v1/scans/s9/repairs" },
    ...{ status: 404, code: "not-found", detail: /there is no scan s9/ },
  },
  {
    name: "repairs of a scan that is none",
    ask: { method: "GET", path: "/v1/scans/s9/repairs" },
    ...{ status: 404, code: "not-found" },
  },
  {
    name: "the copy of a repair that is none",
    ask: { method: "GET", path: "/v1/scans/s9/repairs/r9/copy" },
    ...{ status: 404, code: "not-found", detail: /there is no repair r9 of scan s9/ },
  },
  { name: "a command that is none", ask: { method: "GET", path: "/v1/commands/x" }, status: 404, code: "not-found" },
  {
    name: "what cannot be done to an incident",
    ask: { method: "POST", path: "/v1/incidents/i9/forget" },
    ...{ status: 404, code: "not-found" },
  },

  // In what form.
  {
    name: "an optional body that is a form",
    ask: {
      ...{ method: "POST", path: "/v1/incidents/i9/acknowledge", text: "minutes=5" },
      headers: { "content-type": "application/x-www-form-urlencoded" },
    },
    ...{ status: 415, code: "bad-content-type" },
  },
  { name: "no JSON", ask: send("{"), status: 400, code: "bad-json" },
  { name: "nothing", ask: send(""), status: 400, code: "bad-json" },
  {
    name: "a form",
    ask: send("url=x", { "content-type": "application/x-www-form-urlencoded" }),
    status: 415,
    code: "bad-content-type",
  },
  {
    name: "text",
    ask: send(`{"url":"${url}"}`, { "content-type": "text/plain" }),
    status: 415,
    code: "bad-content-type",
  },
  { name: "a body over 1 MB", ask: send(`"${"x".repeat(1_000_000)}"`), status: 413, code: "body-too-large" },
  {
    name: "a body over 1 MB that lies about it",
    ask: send(`"${"x".repeat(1_000_000)}"`, { "transfer-encoding": "chunked" }),
    ...{ status: 413, code: "body-too-large" },
  },

  // What.
  { name: "a list", ask: post("/v1/streams", []), status: 422, code: "bad-request-body" },
  { name: "null", ask: post("/v1/streams", null), status: 422, code: "bad-request-body" },
  { name: "no url", ask: post("/v1/streams", {}), status: 422, code: "bad-request-body", places: ["#/url"] },
  {
    name: "unknown members",
    ask: post("/v1/streams", { url, "pro/file": 1, tyer: "light" }),
    ...{ status: 422, code: "bad-request-body", places: ["#/pro~1file", "#/tyer"], detail: /unknown/ },
  },
  {
    name: "labels that are none",
    ask: post("/v1/streams", { url, labels: { a: 1, "": "x" } }),
    ...{ status: 422, code: "bad-request-body", places: ["#/labels/a", "#/labels/"] },
  },
  {
    name: "too many labels",
    ask: post("/v1/streams", { url, labels: Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`l${n}`, ""])) }),
    ...{ status: 422, code: "bad-request-body", places: ["#/labels"], detail: /at most 32/ },
  },
  {
    name: "an address in a list that may not be fetched",
    ask: post("/v1/streams", { url, failover: [url, "http://127.0.0.1/"], outputUrl: "file:///etc/passwd" }),
    ...{ status: 422, code: "bad-request-body", places: ["#/outputUrl", "#/failover/1"] },
  },
  {
    name: "an address with a line break",
    ask: post("/v1/streams", { url: "https://example.com/\nx" }),
    ...{ status: 422, code: "bad-request-body", places: ["#/url"], detail: /control characters/ },
  },
  {
    name: "a profile that there is none of",
    ask: post("/v1/streams", { url, profile: "nobody" }),
    ...{ status: 422, code: "bad-request-body", places: ["#/profile"], detail: /PUT \/v1\/profiles\/nobody/ },
  },
  {
    name: "mistakes in a batch",
    ask: post("/v1/scans", { scans: [{ url }, { url: "x" }, { url, tier: "dark", more: 1 }] }),
    ...{ status: 422, code: "bad-request-body", places: ["#/scans/1/url", "#/scans/2/tier", "#/scans/2/more"] },
  },
  {
    name: "files of this machine and objects of the bucket, which only copies are scanned at",
    ask: post("/v1/scans", {
      scans: ["/etc/passwd", "file:///etc/passwd", "s3://evidence/a"].map((at) => ({ url: at })),
    }),
    ...{ status: 422, code: "bad-request-body", places: ["#/scans/0/url", "#/scans/1/url", "#/scans/2/url"] },
  },
  {
    name: "a batch with a profile that there is none of",
    ask: post("/v1/scans", { scans: [{ url }, { url, profile: "nobody" }] }),
    ...{ status: 422, code: "bad-request-body", places: ["#/scans/1/profile"] },
  },
  {
    name: "an empty batch",
    ask: post("/v1/scans", { scans: [] }),
    status: 422,
    code: "bad-request-body",
    places: ["#/scans"],
  },
  {
    name: "a batch of 1,001",
    ask: post("/v1/scans", { scans: Array.from({ length: 1001 }, () => ({ url })) }),
    ...{ status: 422, code: "bad-request-body", places: ["#/scans"] },
  },
  {
    name: "a batch and a scan in one",
    ask: post("/v1/scans", { url, scans: [{ url }] }),
    ...{ status: 422, code: "bad-request-body" },
  },
  {
    name: "a scope that is none",
    ask: post("/v1/keys", { name: "k", scope: "root" }),
    ...{ status: 422, code: "bad-request-body", places: ["#/scope"] },
  },
  {
    name: "a silence of nothing",
    ask: post("/v1/silences", { match: {}, minutes: 5 }),
    ...{ status: 422, code: "bad-request-body", places: ["#/match"], detail: /name streams, kinds or labels/ },
  },
  {
    name: "a silence of a stream that is none, for ever",
    ask: post("/v1/silences", { match: { streams: ["x1"] } }),
    ...{ status: 422, code: "bad-request-body", places: ["#/minutes"], detail: /for how long/ },
  },
  {
    name: "a silence of a stream that is none",
    ask: post("/v1/silences", { match: { streams: ["x1"] }, minutes: 5 }),
    ...{ status: 422, code: "bad-request-body", places: ["#/match/streams/0"], detail: /no stream x1/ },
  },
  {
    name: "a silence of a kind that is spelled wrong",
    ask: post("/v1/silences", { match: { kinds: ["blak-picture"] }, minutes: 5 }),
    ...{ status: 422, code: "bad-request-body", places: ["#/match/kinds/0"], detail: /did you mean black-picture/ },
  },
  {
    name: "a silence with two ends",
    ask: post("/v1/silences", { match: { labels: { a: "b" } }, minutes: 5, to: "2100-01-01T00:00:00Z" }),
    ...{ status: 422, code: "bad-request-body", places: ["#/minutes"], detail: /not both/ },
  },
  {
    name: "a silence that is over already",
    ask: post("/v1/silences", { match: { labels: { a: "b" } }, from: "2020-01-01T00:00:00Z", minutes: 5 }),
    ...{ status: 422, code: "bad-request-body", places: ["#/minutes"], detail: /over already/ },
  },
  {
    name: "a window of the week that cannot be",
    ask: post("/v1/silences", {
      match: { labels: { a: "b" } },
      weekly: { days: ["someday"], from: "2:00", to: "24:00", timeZone: "Berlin" },
    }),
    ...{ status: 422, code: "bad-request-body" },
    places: ["#/weekly/days/0", "#/weekly/from", "#/weekly/to", "#/weekly/timeZone"],
  },
  {
    name: "an acknowledgement for no time",
    ask: post("/v1/incidents/i9/acknowledge", { minutes: 0, until: "noon" }),
    ...{ status: 422, code: "bad-request-body", places: ["#/minutes", "#/until"] },
  },
  {
    name: "an option that a detector does not have",
    ask: {
      method: "PUT",
      path: "/v1/profiles/p",
      body: { detectors: { "frozen-picture": { options: { seconds: 1 } } } },
    },
    ...{ status: 422, code: "bad-request-body", places: ["#/detectors/frozen-picture/options/seconds"] },
  },
  {
    name: "a profile too large for its row",
    ask: {
      ...{ method: "PUT", path: "/v1/profiles/p" },
      body: { ignore: Array.from({ length: 8000 }, (_, n) => ({ fromSeconds: n, toSeconds: n + 0.5 })) },
    },
    ...{ status: 413, code: "profile-too-large" },
  },
  {
    name: "an unknown parameter",
    ask: { method: "GET", path: "/v1/streams?limt=1" },
    status: 400,
    code: "bad-query",
    places: ["limt"],
  },
  {
    name: "a limit of none",
    ask: { method: "GET", path: "/v1/scans?limit=0" },
    status: 400,
    code: "bad-query",
    places: ["limit"],
  },
  {
    name: "two limits",
    ask: { method: "GET", path: "/v1/scans?limit=1&limit=2" },
    status: 400,
    code: "bad-query",
    places: ["limit"],
  },
  { name: "a cursor of nobody", ask: { method: "GET", path: "/v1/scans?after=x" }, status: 400, code: "bad-cursor" },
  {
    name: "a cursor in bytes",
    ask: { method: "GET", path: "/v1/findings?after=%00%ff" },
    status: 400,
    code: "bad-cursor",
  },
  {
    name: "an idempotency key that is none",
    ask: { ...post("/v1/scans", { url }), headers: { "idempotency-key": '"a' } },
    ...{ status: 400, code: "bad-query", places: ["Idempotency-Key"] },
  },
  {
    name: "an idempotency key of 300 characters",
    ask: { ...post("/v1/scans", { url }), headers: { "idempotency-key": "k".repeat(300) } },
    ...{ status: 400, code: "bad-query", places: ["Idempotency-Key"] },
  },
];
