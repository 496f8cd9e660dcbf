import type { Finding } from "@glasswatch/core/finding";
import { mediaRepairActions } from "@glasswatch/core/media-repair-actions";
import type { Profile } from "@glasswatch/core/profile";
import { z } from "zod";
import { type Loudness, measureLoudness } from "./measure-loudness.ts";
import { type Change, defineMediaAction, ImpossibleError, type Refusal, type SoundDraft } from "./media-action.ts";
import { soundEncoding } from "./sound-encoder.ts";

/** EBU R 128. */
const usual = { targetLufs: -23, maxDbtp: -1 } as const;
/** What a second lossy coding was measured to add to true peaks, dB. */
const lossyMarginDb = 0.5;
/** Limiting takes some of the loudness away, which is given back; so often at most. */
const rounds = 4;
/** Meters show tenths (EBU Tech 3341). */
const closeEnoughLu = 0.1;
/** Below this, ITU-R BS.1770-4 gates everything out. */
const silentLufs = -69;
/** As many samples between two as a true peak is measured by (ITU-R BS.1770-4 Annex 2). */
const oversampling = 4;

export const normaliseLoudness = defineMediaAction({
  id: "normalise-loudness",
  ...mediaRepairActions["normalise-loudness"],
  async plan({ file, findings, profile }, options) {
    const goal = { ...goalOf(profile), ...defined(options) };
    const called = Map.groupBy(
      findings.filter(({ kind }) => kind === "loudness" || kind === "true-peak"),
      ({ subject }) => subject.track,
    );
    const repairs = file.sounds.flatMap((sound) => {
      const found = called.get(sound.track) ?? [];
      if (found.length === 0 || !soundEncoding(sound)) return [];
      return [
        {
          action: "normalise-loudness",
          what: whatIsDone(sound.track, found, goal),
          findings: found.map(({ id }) => id),
          parameters: { track: sound.track, ...goal },
          step: {
            to: "sound" as const,
            track: sound.track,
            edit: (draft: SoundDraft, signal?: AbortSignal) => normalise(draft, found, goal, signal),
          },
        },
      ];
    });
    const refusals = file.sounds.flatMap(({ track, codec }, i): readonly Refusal[] => {
      const found = called.get(track) ?? [];
      if (found.length === 0 || soundEncoding(file.sounds[i]!)) return [];
      const reason = `sound ${track + 1} is in ${codec}, which cannot be encoded again; normalise it before it is`;
      return [{ action: "normalise-loudness", reason, findings: found.map(({ id }) => id) }];
    });
    return { repairs, refusals };
  },
});

interface Goal {
  readonly targetLufs: number;
  readonly maxDbtp: number;
}

const settings = z.object({ targetLufs: z.number().optional(), maxDbtp: z.number().optional() });

/** As the detectors of loudness and true peaks are judged by. */
function goalOf({ expect, detectors }: Profile): Goal {
  const read = (value: unknown) => defined(settings.safeParse(value ?? {}).data ?? {});
  return {
    ...usual,
    ...read(detectors["loudness"]?.options),
    ...read(detectors["true-peak"]?.options),
    ...read(expect["loudness"]),
    ...read(expect["truePeak"]),
  };
}

function defined<Values extends object>(values: Values): { [Key in keyof Values]: NonNullable<Values[Key]> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Values]: NonNullable<Values[Key]> };
}

function isAboutLoudness(findings: readonly Finding[]): boolean {
  return findings.some(({ kind }) => kind === "loudness");
}

function whatIsDone(track: number, findings: readonly Finding[], { targetLufs, maxDbtp }: Goal): string {
  if (!isAboutLoudness(findings)) return `limit the true peaks of sound ${track + 1} to ${typeset(maxDbtp)} dBTP`;
  return `bring sound ${track + 1} to ${typeset(targetLufs)} LUFS, true peaks to ${typeset(maxDbtp)} dBTP at most`;
}

/** Measured, changed and, where a limiter has to work, measured again until it fits. */
async function normalise(draft: SoundDraft, findings: readonly Finding[], goal: Goal, signal?: AbortSignal) {
  const before = await measureLoudness(draft, signal);
  const { track } = draft.track;
  if (before.integratedLufs < silentLufs) {
    throw new ImpossibleError(`sound ${track + 1} is as good as silent: it has no loudness to go by`);
  }
  const target = isAboutLoudness(findings) ? goal.targetLufs : before.integratedLufs;
  const maxDbtp = goal.maxDbtp - (soundEncoding(draft.track)?.lossy ? lossyMarginDb : 0);
  const { filters, gainDb, limited } = await filtersFor(draft, before, { targetLufs: target, maxDbtp }, signal);
  const change: Change = {
    media: "audio",
    track,
    startSeconds: 0,
    endSeconds: null,
    what: `${signed(gainDb)} dB from ${typeset(before.integratedLufs)} LUFS${limited ? `, true peaks limited to ${typeset(maxDbtp)} dBTP` : ""}`,
  };
  return { draft: { ...draft, filters: [...draft.filters, ...filters] }, changes: [change] };
}

async function filtersFor(draft: SoundDraft, before: Loudness, { targetLufs, maxDbtp }: Goal, signal?: AbortSignal) {
  let gainDb = targetLufs - before.integratedLufs;
  if (before.truePeakDbtp + gainDb <= maxDbtp) return { filters: [volume(gainDb)], gainDb, limited: false };
  for (let round = 1; ; round++) {
    const filters = [volume(gainDb), ...limiter(maxDbtp, draft.track.sampleRate)];
    const { integratedLufs } = await measureLoudness({ ...draft, filters: [...draft.filters, ...filters] }, signal);
    const lacksLu = targetLufs - integratedLufs;
    if (Math.abs(lacksLu) <= closeEnoughLu) return { filters, gainDb, limited: true };
    // What is all peaks gets no louder by being pressed against the limit.
    if (round === rounds) {
      throw new ImpossibleError(
        `${typeset(targetLufs)} LUFS would take more than a limiter: the programme is too dynamic for ${typeset(maxDbtp)} dBTP; mix it anew`,
      );
    }
    gainDb += lacksLu;
  }
}

function volume(gainDb: number): string {
  return `volume=${gainDb.toFixed(2)}dB:precision=double`;
}

/**
 * `level=0`: what is limited is not made louder again. `latency=1`: looking ahead delays nothing. `asc=1`: without it, FFmpeg
 * 5.1 was measured to put clicks into the quiet channels of 5.1.
 */
function limiter(maxDbtp: number, sampleRate: number): readonly string[] {
  const ceiling = 10 ** (maxDbtp / 20);
  return [
    `aresample=${oversampling * sampleRate}`,
    `alimiter=level=0:latency=1:asc=1:attack=5:release=50:limit=${ceiling.toFixed(6)}`,
    `aresample=${sampleRate}`,
  ];
}

function signed(value: number): string {
  return `${value < 0 ? "" : "+"}${typeset(Number(value.toFixed(1)))}`;
}

/** With a true minus sign, as all that people read. */
function typeset(value: number): string {
  return String(value).replace("-", "−");
}
