import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { main } from "./main.ts";
import { memoryEffects } from "./testing/memory-effects.ts";

async function run(...argv: readonly string[]) {
  const effects = memoryEffects();
  return { code: await main(argv, effects), stdout: effects.stdoutText(), stderr: effects.stderrText() };
}

test.each([[["--help"]], [["help"]], [["-h"]]])("%j tells of every command and exit code", async (argv) => {
  const { code, stdout, stderr } = await run(...argv);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatchInlineSnapshot(`
    "Usage: glasswatch COMMAND [arguments]

    Watches audio and video so that nobody has to.

    Commands:
      scan INPUT…               Scan files, folders and addresses to the end and
                                tell what is wrong with them
      watch URL…                Watch streams for as long as they last and tell at
                                once what is wrong with them
      compare REFERENCE INPUT   Compare two versions of a programme: delay, drift,
                                A/V offset, missing and inserted parts
      repair FILE               Repair a copy of a file: A/V offset, loudness,
                                dropouts, damaged pictures, wrong flags
      up                        Run everything on this machine: API, bus, queues,
                                detectors, consumers
      streams add URL           Have the running glasswatch up watch a stream
      streams list              List the streams of the running glasswatch up, and
                                how they fare
      streams remove ID         Have the running glasswatch up watch a stream no
                                more
      incidents list            List the incidents of the running glasswatch up, the
                                latest first
      incidents ack NUMBER      Say that somebody is at an incident: nobody else is
                                told
      incidents resolve NUMBER  Say that an incident is over
      silences add              Have nobody told of some defects for a while
      silences list             List the silences of the running glasswatch up
      silences remove ID        End a silence
      events                    Show the events of the running glasswatch up
      queues                    Show what waits in the queues of the running
                                glasswatch up, and what is dead
      detectors [ID…]           List the detectors: what each finds, why, its
                                options and standards
      explain KIND              Explain a kind of finding: what is measured, against
                                what, and how to change it
      calibrate CLEAN…          Learn from clean material what is normal for a
                                channel, into a profile
      feedback FINDING SCAN…    Mark a finding as no defect, and see which change of
                                the profile would silence it
      alerts test               Send a test message through every configured channel
      routes test PATTERN EVENT
                                Try an event pattern on an event
      doctor                    Check what is installed, what is missing, and how
                                fast this machine decodes

    Options:
      -h, --help  show this help, or a command's: glasswatch COMMAND --help
      --version   show the version

    Exit codes:
      0  clean
      1  findings at or above --fail-on
      2  bad usage, profile or output path
      3  an input could not be read, or was cut short
      4  an internal fault, or a full disk
    "
  `);
});

test("a command's help names every option, within 80 columns", async () => {
  for (const command of ["scan", "detectors", "explain", "calibrate", "feedback", "routes test", "doctor"]) {
    const { code, stdout } = await run(...command.split(" "), "--help");
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: glasswatch ${command}`));
    const [beforeExamples = ""] = stdout.split("Examples:");
    expect(Math.max(...beforeExamples.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  }
  const { stdout } = await run("help", "scan");
  for (const option of ["json", "report", "junit", "detectors", "skip", "profile", "from", "to", "jobs", "fail-on"]) {
    expect(stdout).toContain(`--${option}`);
  }
});

test("--version", async () => {
  expect(await run("--version")).toEqual({ code: 0, stdout: "glasswatch 0.1.0\n", stderr: "" });
});

test.each([
  [["scn"], 'glasswatch: unknown command "scn" (did you mean scan?); see glasswatch --help\n'],
  [["rutes"], 'glasswatch: unknown command "rutes" (did you mean routes?); see glasswatch --help\n'],
  [
    ["routes", "tset"],
    'glasswatch: unknown command "routes tset" (did you mean routes test?); see glasswatch routes --help\n',
  ],
  [["routes", "test", "{}"], "glasswatch: PATTERN EVENT is missing; see glasswatch routes test --help\n"],
  [["--verison"], 'glasswatch: unknown command "--verison"; see glasswatch --help\n'],
  [["scan"], "glasswatch: INPUT… is missing; see glasswatch scan --help\n"],
  [["scan", "--jsn", "x"], "glasswatch: unknown option --jsn (did you mean --json?); see glasswatch scan --help\n"],
  [
    ["scan", "x", "--jobs", "0"],
    "glasswatch: --jobs 0: expected a whole number from 1 to 256; see glasswatch scan --help\n",
  ],
  [
    ["scan", "x", "--fail-on", "bad"],
    "glasswatch: --fail-on bad: expected one of info, minor, major, critical; see glasswatch scan --help\n",
  ],
  [
    ["explain", "true-pek"],
    'glasswatch: unknown detector "true-pek" (did you mean true-peak?); see glasswatch detectors\n',
  ],
  [
    ["detectors", "--json", "--markdown"],
    "glasswatch: --json, --markdown and --profile-schema exclude each other; see glasswatch detectors --help\n",
  ],
  [["doctor", "me"], 'glasswatch: unexpected argument "me"; see glasswatch doctor --help\n'],
])("%j is a usage error of one line", async (argv, stderr) => {
  expect(await run(...argv)).toEqual({ code: 2, stdout: "", stderr });
});

test("no command at all shows the help and is a usage error", async () => {
  const { code, stdout, stderr } = await run();
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("Usage: glasswatch COMMAND");
});

test.each([[["routes", "--help"]], [["routes", "-h"]], [["help", "routes"]]])("%j lists a group", async (argv) => {
  const { code, stdout, stderr } = await run(...argv);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^Usage: glasswatch routes COMMAND[\s\S]*\n {2}routes test PATTERN EVENT\n/);
  expect(await run(...argv.filter((word) => word === "routes"))).toEqual({ code: 2, stdout: "", stderr: stdout });
});

test("detectors and explain tell about what the registry holds", async () => {
  const { stdout: overview } = await run("detectors");
  expect(overview).toMatch(/^ {2}true-peak +\S/m);
  const { stdout: json } = await run("detectors", "--json", "loudness");
  expect(JSON.parse(json)).toMatchObject({
    schemaVersion: 1,
    detectors: [{ id: "loudness", options: expect.any(Array) }],
  });
  const { stdout: explained } = await run("explain", "audio-silence");
  expect(explained).toContain("(audio-silence)");
  expect(explained).toContain("How to change it");
  const { stdout: schema } = await run("detectors", "--profile-schema");
  expect(JSON.parse(schema)).toMatchObject({ properties: { detectors: { properties: { loudness: {} } } } });
});

test("an output that cannot be written is one line and exit code 4, but a reader that left is no fault", async () => {
  const failing = (code: string) =>
    new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code })) }).on(
      "error",
      () => {},
    );
  const full = memoryEffects({ stdout: failing("ENOSPC") });
  expect(await main(["--version"], full)).toBe(4);
  expect(full.stderrText()).toBe("glasswatch: standard output cannot be written: write ENOSPC\n");
  const left = memoryEffects({ stdout: failing("EPIPE") });
  expect(await main(["--version"], left)).toBe(0);
  expect(left.stderrText()).toBe("");
});
