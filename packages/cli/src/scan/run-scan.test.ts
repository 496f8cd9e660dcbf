import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExitCode } from "@glasswatch/core/errors";
import type { Finding } from "@glasswatch/core/finding";
import { type ScanResult, scanDocumentSchema } from "@glasswatch/core/scan-result";
import type { Severity } from "@glasswatch/core/severity";
import { tinyDetectors } from "@glasswatch/detectors/testing/tiny-detectors";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { memoryEffects } from "../testing/memory-effects.ts";
import type { ScanFunction } from "./one-input.ts";
import { runScan, type ScanOptions } from "./run-scan.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "glasswatch-scan-"));
});
afterEach(() => rm(folder, { recursive: true }));

const defaults: ScanOptions = {
  inputs: [],
  json: false,
  report: undefined,
  junit: undefined,
  detectors: undefined,
  skip: undefined,
  profile: undefined,
  from: undefined,
  to: undefined,
  tier: "full",
  jobs: undefined,
  failOn: "major",
};

function finding(severity: Severity, startSeconds = 12.04): Finding {
  return {
    id: `still-lake-${severity}-${startSeconds}`,
    kind: "still-lake",
    subject: { media: "video", track: 0 },
    startSeconds,
    endSeconds: startSeconds + 2.96,
    severity,
    confidence: 1,
    measurements: [{ name: "stillSeconds", value: 2.96, unit: "s", threshold: 2 }],
    revision: 1,
  };
}

const cleanResult: ScanResult = {
  input: "",
  durationSeconds: 60,
  complete: true,
  error: null,
  video: { codec: "h264", width: 1920, height: 1080, fps: 25 },
  audio: [{ track: 0, codec: "aac", channels: 2, sampleRate: 48000, integratedLufs: -23.1, truePeakDbtp: -1.4 }],
  detectors: [{ id: "still-lake", status: "ok" }],
  findings: [],
};

/** A scan that gives what is written down for a file's name. */
function scripted(results: Readonly<Record<string, Partial<ScanResult> | Error>>): ScanFunction {
  return async ({ input }) => {
    const scripted = results[input.slice(input.lastIndexOf("/") + 1)] ?? {};
    if (scripted instanceof Error) throw scripted;
    return { result: { ...cleanResult, input, ...scripted }, media: null, series: [], snapshots: [], lightSpans: [] };
  };
}

async function scan(
  options: Partial<ScanOptions>,
  results: Parameters<typeof scripted>[0] = {},
  given: Parameters<typeof memoryEffects>[0] = {},
) {
  const effects = memoryEffects({ cwd: folder, ...given });
  const code = await runScan({ ...defaults, ...options }, effects, {
    scan: scripted(results),
    registry: tinyDetectors,
  });
  return { code, effects };
}

const unread = (code: string) => ({ complete: false, error: { code, message: `x: ${code}` } });
const errored = { detectors: [{ id: "still-lake", status: "errored" as const, message: "it rained" }] };

test.each<[string, Parameters<typeof scripted>[0], Severity, ExitCode]>([
  ["nothing found", {}, "major", ExitCode.clean],
  ["a minor finding", { "a.mp4": { findings: [finding("minor")] } }, "major", ExitCode.clean],
  [
    "a minor finding, when that is asked for",
    { "a.mp4": { findings: [finding("minor")] } },
    "minor",
    ExitCode.findings,
  ],
  ["a major finding", { "a.mp4": { findings: [finding("major")] } }, "major", ExitCode.findings],
  ["a critical one in the second", { "b.mp4": { findings: [finding("critical")] } }, "major", ExitCode.findings],
  ["a cut input", { "a.mp4": unread("truncated") }, "major", ExitCode.input],
  [
    "a cut input and a finding",
    { "a.mp4": unread("truncated"), "b.mp4": { findings: [finding("major")] } },
    "major",
    ExitCode.input,
  ],
  ["an incomplete one without a reason", { "a.mp4": { complete: false } }, "major", ExitCode.input],
  ["a detector that failed", { "a.mp4": errored }, "major", ExitCode.fault],
  ["a fault beside a cut input", { "a.mp4": unread("truncated"), "b.mp4": new Error("boom") }, "major", ExitCode.fault],
])("exit code of %s", async (_, results, failOn, expected) => {
  const { code } = await scan({ inputs: ["a.mp4", "b.mp4"], failOn }, results);
  expect(code).toBe(expected);
});

test("--json prints one valid document in the order of the inputs, and nothing for people", async () => {
  const { effects } = await scan(
    { inputs: ["b.mp4", "a.mp4", "c.mp4"], json: true },
    { "a.mp4": { findings: [finding("info")] }, "c.mp4": new Error("boom") },
  );
  const document = scanDocumentSchema.parse(JSON.parse(effects.stdoutText()));
  expect(document.results.map(({ input, error }) => [input, error?.code])).toEqual([
    ["b.mp4", undefined],
    ["a.mp4", undefined],
    ["c.mp4", "internal-fault"],
  ]);
  expect(effects.stderrText()).toMatch(/^glasswatch: c\.mp4: internal fault: boom;.*\n$/);
});

test("people are told that not every picture was watched", async () => {
  const coverage = { fullSeconds: 10, lightSeconds: 50, skippedSeconds: 0 };
  const { effects } = await scan({ inputs: ["a.mp4"] }, { "a.mp4": { coverage } });
  expect(effects.stderrText()).toContain("watched key pictures only for 50 s of 1 min\n");
  expect(effects.stderrText()).toContain("✓ no findings in what was watched\n");
  expect(effects.stderrText()).toMatch(/✓ no findings; not every picture was watched\n$/);
});

test("a fault shows where it happened when that is asked for", async () => {
  const shown = async (env: Record<string, string>) =>
    (await scan({ inputs: ["a.mp4"] }, { "a.mp4": new Error("boom") }, { env })).effects.stderrText();
  expect(await shown({})).not.toContain("    at ");
  expect(await shown({ GLASSWATCH_DEBUG: "1" })).toMatch(/Error: boom\n {4}at /);
});

test("people read facts, findings and a summary, on the error output", async () => {
  const findings = [finding("critical"), finding("minor", 3723.5)];
  const { effects } = await scan(
    { inputs: ["a.mp4", "b.mp4"] },
    { "a.mp4": { findings }, "b.mp4": unread("truncated") },
  );
  expect(effects.stdoutText()).toBe("");
  const text = effects.stderrText();
  expect(text).toContain("a.mp4\n  1 min · h264 1920×1080 25 fps · aac 2 ch 48 kHz −23.1 LUFS −1.4 dBTP\n");
  expect(text).toContain(
    "  00:00:12.040 – 00:00:15.000  2.96 s  ■ critical  still-lake  picture  still seconds 2.96 s, threshold 2 s\n",
  );
  expect(text).toContain("  01:02:03.500 – 01:02:06.460  2.96 s  ○ minor     still-lake");
  expect(text).toContain("  ✖ b.mp4: x: truncated\n");
  expect(text).toMatch(/2 inputs, 2 min in .*: ■ 1 critical, ○ 1 minor, ✖ 1 input not read to the end\n$/);
  expect(effects.stderrRaw()).toBe(text);
});

test("colour follows NO_COLOR and FORCE_COLOR", async () => {
  const coloured = async (env: Record<string, string>, terminal: boolean) => {
    const { effects } = await scan({ inputs: ["a.mp4"] }, {}, { env, terminal });
    return effects.stderrRaw().includes("\u001b[32m");
  };
  expect(await coloured({}, false)).toBe(false);
  expect(await coloured({ FORCE_COLOR: "1" }, false)).toBe(true);
  expect(await coloured({}, true)).toBe(true);
  expect(await coloured({ NO_COLOR: "1" }, true)).toBe(false);
});

test("a name cannot play tricks on the terminal", async () => {
  const { effects } = await scan({ inputs: ["a\u001b[2J\r\nb.mp4"] });
  expect(effects.stderrRaw()).not.toContain("\u001b");
  expect(effects.stderrRaw()).not.toContain("\r");
});

test("reports are written where inputs fail too", async () => {
  const { code } = await scan(
    { inputs: ["a.mp4", "b.mp4"], junit: "j.xml", report: "r.html" },
    { "a.mp4": unread("not-media"), "b.mp4": { findings: [finding("major")] } },
  );
  expect(code).toBe(ExitCode.input);
  expect(await readFile(join(folder, "j.xml"), "utf8")).toContain("not-media");
  expect(await readFile(join(folder, "r.html"), "utf8")).toContain("still-lake");
});

test.skipIf(process.platform !== "linux")(
  "a disk that is full at the end is exit code 4, and the rest is written",
  async () => {
    const { code, effects } = await scan({ inputs: ["a.mp4"], json: true, junit: "/dev/full", report: "r.html" });
    expect(code).toBe(ExitCode.fault);
    expect(effects.stderrText()).toBe(
      "glasswatch: /dev/full: cannot be written, the disk is full; free some space and run again\n",
    );
    scanDocumentSchema.parse(JSON.parse(effects.stdoutText()));
    expect(await readFile(join(folder, "r.html"), "utf8")).toContain("<html");
  },
);

describe("what is wrong before the scan is told before the scan", () => {
  test.each([
    [{ from: 10, to: 5 }, "--to (5 s) must be later than --from (10 s)"],
    [{ from: 10, to: 10 }, "--to (10 s) must be later"],
    [{ detectors: ["stil-lake"] }, 'unknown detector "stil-lake" (did you mean still-lake?)'],
    [{ profile: "gone.yaml" }, "gone.yaml: no such file"],
    [{ profile: "bad.yaml" }, "bad.yaml:1: detectrs: unknown key (did you mean detectors?)"],
    [{ report: "gone/r.html" }, "does not exist"],
    [{ junit: "." }, "it is a folder"],
    [{ report: "x", junit: "./x" }, "--report and --junit name the same file"],
    [{ report: "a.mp4" }, "a.mp4: is read by this scan and would be overwritten"],
    [{ junit: "bad2.yaml", profile: "bad2.yaml" }, "bad2.yaml: is read by this scan"],
  ] as const)("%j", async (options, message) => {
    await writeFile(join(folder, "a.mp4"), "");
    await writeFile(join(folder, "bad.yaml"), "detectrs: {}\n");
    await writeFile(join(folder, "bad2.yaml"), "detectors: {}\n");
    await expect(scan({ inputs: ["a.mp4"], ...options }, { "a.mp4": new Error("scanned") })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(message),
    });
  });
});

test("a folder without media fails alone", async () => {
  await mkdir(join(folder, "empty"));
  const { code, effects } = await scan({ inputs: ["empty", "a.mp4"], json: true });
  expect(code).toBe(ExitCode.input);
  const { results } = scanDocumentSchema.parse(JSON.parse(effects.stdoutText()));
  expect(results.map(({ input, error }) => [input, error?.code])).toEqual([
    ["empty", "no-media-in-folder"],
    ["a.mp4", undefined],
  ]);
});

test("what the profile and the options say reaches the scan", async () => {
  await writeFile(
    join(folder, "p.yaml"),
    "detectors: { still-lake: { options: { minSeconds: 9 } } }\nignore: [{ fromSeconds: 1, toSeconds: 2 }]\n",
  );
  const requests: unknown[] = [];
  const keep: ScanFunction = (request, effects) => {
    requests.push(request);
    return scripted({})(request, effects);
  };
  const options = {
    ...defaults,
    inputs: ["a.mp4"],
    profile: "p.yaml",
    skip: ["deep-hum", "lost-hour"],
    from: 1,
    to: 3,
    tier: "light",
  } as const;
  await runScan(options, memoryEffects({ cwd: folder }), { scan: keep, registry: tinyDetectors });
  expect(requests).toEqual([
    {
      input: join(folder, "a.mp4"),
      detectors: [{ id: "still-lake", options: { minSeconds: 9, rippleShare: 0.25, method: "anchor" } }],
      ignore: [{ fromSeconds: 1, toSeconds: 2 }],
      tier: "light",
      allowPrivate: true,
      fromSeconds: 1,
      toSeconds: 3,
    },
  ]);
});

test("no more inputs run at a time than --jobs allows", async () => {
  let running = 0;
  let most = 0;
  const counting: ScanFunction = async (request, effects) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    return scripted({})(request, effects);
  };
  const inputs = ["a", "b", "c", "d", "e"];
  await runScan({ ...defaults, inputs, jobs: 2 }, memoryEffects(), { scan: counting, registry: tinyDetectors });
  expect(most).toBe(2);
});

test("after an interrupt everything is written, and marked as incomplete", async () => {
  const controller = new AbortController();
  const interruptible: ScanFunction = async (request, effects) => {
    const interrupted = { complete: false, error: { code: "interrupted", message: `${request.input}: stopped` } };
    if (!effects.signal?.aborted) {
      controller.abort();
      return scripted({ a: { ...interrupted, findings: [finding("major")] } })(request, effects);
    }
    return scripted({ b: { ...interrupted, durationSeconds: null }, c: interrupted })(request, effects);
  };
  const effects = memoryEffects({ cwd: folder, signal: controller.signal });
  const options = { ...defaults, inputs: ["a", "b", "c"], json: true, junit: "j.xml", jobs: 1 };
  expect(await runScan(options, effects, { scan: interruptible, registry: tinyDetectors })).toBe(ExitCode.input);
  const { results } = scanDocumentSchema.parse(JSON.parse(effects.stdoutText()));
  expect(results.map(({ complete, error, findings }) => [complete, error?.code, findings.length])).toEqual([
    [false, "interrupted", 1],
    [false, "interrupted", 0],
    [false, "interrupted", 0],
  ]);
  expect(effects.stderrText()).toBe("glasswatch: a: stopped\nglasswatch: b: stopped\nglasswatch: c: stopped\n");
  expect(await readFile(join(folder, "j.xml"), "utf8")).toContain("interrupted");
});

describe("progress", () => {
  /** Reports a position each five seconds of a clock that the scan itself moves. */
  function ticking(durationSeconds: number | null) {
    let nowMs = 0;
    const advancing: ScanFunction = async (request, effects) => {
      for (const positionSeconds of [50, 100, 150, 200]) {
        nowMs += 5000;
        effects.onProgress?.({ positionSeconds, durationSeconds, findings: positionSeconds / 100 });
      }
      return scripted({})(request, effects);
    };
    return { scan: advancing, now: () => nowMs };
  }

  async function shown(durationSeconds: number | null, terminal: boolean, options: Partial<ScanOptions> = {}) {
    const { scan: advancing, now } = ticking(durationSeconds);
    const effects = memoryEffects({ now, terminal });
    const all = { ...defaults, inputs: ["a.mp4"], json: true, ...options };
    await runScan(all, effects, { scan: advancing, registry: tinyDetectors });
    return effects;
  }

  test("in a log is a line every ten seconds", async () => {
    expect((await shown(400, false)).stderrText()).toBe(
      "a.mp4: 00:01:40 of 00:06:40, 10× real time, 30 s to go, 1 finding\na.mp4: 00:03:20 of 00:06:40, 10× real time, 20 s to go, 2 findings\n",
    );
  });

  test("is right where the length is not known", async () => {
    expect((await shown(null, false)).stderrText()).toContain("a.mp4: 00:01:40, 10× real time, 1 finding\n");
  });

  test("counts from --from to --to", async () => {
    expect((await shown(400, false, { from: 50, to: 250 })).stderrText()).toContain(
      "a.mp4: 00:03:20 of 00:04:10, 7.5× real time, 7 s to go, 2 findings\n",
    );
  });

  test("on a terminal is a bar that is gone afterwards", async () => {
    const effects = await shown(400, true);
    expect(effects.stderrText()).toMatch(/a\.mp4 {2}.*opening/);
    const eraseBelow = "\u001b[0J";
    expect(effects.stderrRaw().endsWith(eraseBelow)).toBe(true);
  });
});
