import { type Detections, defineDetector } from "@glasswatch/core/detector";
import type { Finding } from "@glasswatch/core/finding";
import type { AudioTrack, Sound } from "@glasswatch/core/media";
import { expect, test } from "vitest";
import { z } from "zod";
import type { HostReports } from "./detector-host.ts";
import { openFindingsLedger } from "./findings-ledger.ts";
import { openProgrammeAnalysis, type ProgrammeAnalysis } from "./programme-analysis.ts";
import { openAudioAnalysis } from "./track-analysis.ts";

const languages: readonly AudioTrack[] = ["eng", "spa"].map((language, track) => ({
  track,
  codec: "aac",
  channels: 1,
  sampleRate: 48_000,
  channelLayout: "mono",
  language,
}));

/** A unit of steady sound. */
function sound(track: number, timeSeconds: number, samples: number, level: number): Sound {
  return {
    kind: "sound",
    track,
    timeSeconds,
    durationSeconds: samples / 48_000,
    clockStepSeconds: 0,
    declaredDiscontinuity: false,
    sampleRate: 48_000,
    channels: [new Float32Array(samples).fill(level)],
  };
}

/** Runs one detector of all tracks over two sound tracks, a unit of 25 ms each in turn. */
function run(push: (input: { readonly seen: string; readonly track: number }) => Detections) {
  const detector = defineDetector({
    id: "two-languages",
    title: "Two languages",
    why: "For this test.",
    method: "It tells what the test asks for.",
    media: "programme",
    needs: ["origin", "clocks", "sounds"],
    options: z.strictObject({}),
    open: ({ track: { video, audio } }) => ({
      push({ origin: { step, media, track }, clocks, sounds }) {
        const time = step === "placed" ? clocks.sounds[track]?.timeSeconds : sounds[track]?.block.timeSeconds;
        const level = step === "measured" ? ` ${sounds[track]?.level.samplePeak[0]}` : "";
        const of = `${audio[track]?.language}${video ? " with pictures" : ""}`;
        return push({ seen: `${media} ${of} ${step} ${time?.toFixed(3)}${level}`, track });
      },
      finish: () => undefined,
    }),
  });
  const ledger = openFindingsLedger({ input: "a.ts", ignore: [] });
  const findings: Finding[] = [];
  const reports: HostReports = {
    detections: (entry, detections) => {
      for (const detection of detections) {
        const finding = ledger.record(entry, detection);
        if (finding) findings.push(finding);
      }
    },
    errored: (_id, error) => {
      throw error;
    },
  };
  const detectors = [{ detector, plan: { id: detector.id, options: {} } }];
  let programme: ProgrammeAnalysis | undefined;
  const audio = languages.map((track) =>
    openAudioAnalysis({
      track,
      detectors,
      reports,
      record: () => ({ add: () => undefined }),
      onStep: (step, subject) => programme?.push(step, subject),
    }),
  );
  programme = openProgrammeAnalysis({
    info: { container: "mpegts", durationSeconds: null, live: false, video: null, audio: languages },
    detectors,
    reports,
    video: null,
    audio,
  });
  for (const unit of [sound(0, 0, 1200, 0.5), sound(1, 0, 1200, 0.25)]) audio[unit.track]?.push(unit);
  for (const track of audio) track.finish("end");
  programme.finish("end");
  return findings;
}

test("a detector of all tracks sees each unit placed and then measured, and the last part of it at the end", () => {
  const seen: string[] = [];
  run((input) => {
    seen.push(input.seen);
    return undefined;
  });
  expect(seen).toEqual([
    "audio eng placed 0.000",
    "audio eng measured 0.000 0.5",
    "audio eng measured 0.010 0.5",
    "audio spa placed 0.000",
    "audio spa measured 0.000 0.25",
    "audio spa measured 0.010 0.25",
    "audio eng measured 0.020 0.5",
    "audio spa measured 0.020 0.25",
  ]);
});

test("it may have a defect open for each track", () => {
  const open = { state: "opened", startSeconds: 0, endSeconds: null, severity: "minor", confidence: 1 } as const;
  const findings = run(({ seen, track }) =>
    seen.includes("placed") ? [{ ...open, measurements: [], subject: { media: "audio", track } }] : undefined,
  );
  expect(findings.map(({ subject, revision }) => [subject, revision])).toEqual([
    [{ media: "audio", track: 0 }, 1],
    [{ media: "audio", track: 1 }, 1],
  ]);
});

test("what says of no track is about the first sound track", () => {
  const closed = { state: "closed", startSeconds: 0, endSeconds: 1, severity: "minor", confidence: 1 } as const;
  const findings = run(({ seen }) => (seen.includes("spa placed") ? [{ ...closed, measurements: [] }] : undefined));
  expect(findings.map(({ subject }) => subject)).toEqual([{ media: "audio", track: 0 }]);
});
