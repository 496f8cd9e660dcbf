import type { Finding } from "@glasswatch/core/finding";
import { mediaRepairActions } from "@glasswatch/core/media-repair-actions";
import { fillHole, sideSeconds } from "./conceal/fill-hole.ts";
import { findClicks, findDropouts, type Hole } from "./conceal/find-damage.ts";
import { type Change, defineMediaAction, ImpossibleError, type SoundDraft, type SoundPatch } from "./media-action.ts";
import { readStretches, type Stretch } from "./sound-draft.ts";
import { soundEncoding } from "./sound-encoder.ts";

/** Times of findings are as exact as the stretches that detectors measure. */
const slackSeconds = 0.003;
/** How far from the edges of a dropout a click is its own. */
const roughSeconds = 0.005;

export const concealAudio = defineMediaAction({
  id: "conceal-audio",
  ...mediaRepairActions["conceal-audio"],
  async plan({ file, findings }, { longestMs }) {
    const found = findings.filter(({ kind }) => kind === "audio-dropout" || kind === "audio-click");
    const perTrack = [...Map.groupBy(found, ({ subject }) => subject.track)].map(([track, ofTrack]) => {
      const sound = file.sounds[track];
      const tooLong = ofTrack.filter((finding) => lastsTooLong(finding, longestMs));
      const left = ofTrack.filter((finding) => !tooLong.includes(finding));
      const reason = `sound ${track + 1} is in ${sound?.codec}, which cannot be encoded again`;
      if (!sound || !soundEncoding(sound)) return { repairs: [], refusals: [refusal(reason, ofTrack)] };
      return {
        repairs: left.length === 0 ? [] : [repair(track, left, longestMs)],
        refusals: tooLong.length === 0 ? [] : [refusal(tooLongReason(tooLong, longestMs), tooLong)],
      };
    });
    return {
      repairs: perTrack.flatMap(({ repairs }) => repairs),
      refusals: perTrack.flatMap(({ refusals }) => refusals),
    };
  },
});

function repair(track: number, findings: readonly Finding[], longestMs: number) {
  const count = findings.length === 1 ? "1 place" : `${findings.length} places`;
  return {
    action: "conceal-audio",
    what: `fill dropouts and clicks in ${count} of sound ${track + 1} from what is beside them`,
    findings: findings.map(({ id }) => id),
    parameters: { track, longestMs },
    step: {
      to: "sound" as const,
      track,
      edit: (draft: SoundDraft, signal?: AbortSignal) => conceal(draft, findings, longestMs, signal),
    },
  };
}

function refusal(reason: string, findings: readonly Finding[]) {
  return { action: "conceal-audio", reason, findings: findings.map(({ id }) => id) };
}

/** Several in quick succession are one finding, of which the length tells nothing. */
function lastsTooLong({ kind, startSeconds, endSeconds, measurements }: Finding, longestMs: number): boolean {
  const dropouts = measurements.find(({ name }) => name === "dropouts")?.value ?? 1;
  return kind === "audio-dropout" && dropouts === 1 && 1000 * ((endSeconds ?? startSeconds) - startSeconds) > longestMs;
}

function tooLongReason(findings: readonly Finding[], longestMs: number): string {
  const at = findings.map(({ startSeconds }) => `${startSeconds.toFixed(2)} s`).join(", ");
  return `dropouts longer than ${longestMs} ms (${at}) hold what their neighbours do not know; take the sound from another version`;
}

async function conceal(draft: SoundDraft, findings: readonly Finding[], longestMs: number, signal?: AbortSignal) {
  const { sampleRate, startSeconds } = draft.track;
  const sampleAt = (seconds: number) => Math.round((seconds - startSeconds) * sampleRate);
  const side = Math.round(sideSeconds * sampleRate);
  const slack = Math.round(slackSeconds * sampleRate);
  const spans = findings.map((finding) => ({
    from: sampleAt(finding.startSeconds),
    to: sampleAt(finding.endSeconds ?? finding.startSeconds),
  }));
  const stretches = await readStretches(
    draft,
    spans.map(({ from, to }) => ({ from: from - side, to: to + side })),
    signal,
  );
  const patches = findings.flatMap((finding, i) => {
    const stretch = stretches[i] as Stretch;
    const { from, to } = spans[i] as Hole;
    const within = { from: from - slack - stretch.startSample, to: to + slack - stretch.startSample };
    return patchesOf(finding, stretch, within, { sampleRate, mostSamples: (longestMs / 1000) * sampleRate });
  });
  if (patches.length === 0) throw new ImpossibleError("what is damaged there could not be made out to the sample");
  const changes = patches.map(({ startSample, samples, channel }): Change => {
    const start = startSeconds + startSample / sampleRate;
    return {
      media: "audio",
      track: draft.track.track,
      startSeconds: start,
      endSeconds: start + samples.length / sampleRate,
      what: `channel ${channel + 1} filled from what is beside it`,
    };
  });
  return { draft: { ...draft, patches: [...draft.patches, ...patches] }, changes };
}

interface Scale {
  readonly sampleRate: number;
  readonly mostSamples: number;
}

function patchesOf(
  { kind, subject }: Finding,
  { startSample, channels }: Stretch,
  within: Hole,
  { sampleRate, mostSamples }: Scale,
): readonly SoundPatch[] {
  const find = kind === "audio-click" ? findClicks : findDropouts;
  return channels.flatMap((signal, channel) => {
    if (subject.channel !== undefined && subject.channel !== channel) return [];
    const repaired = Float32Array.from(signal);
    // One after the other, so that what is beside the second is whole.
    return find(signal, within, sampleRate).flatMap((found): readonly SoundPatch[] => {
      const hole = kind === "audio-click" ? found : withRoughEdges(repaired, found, sampleRate);
      const filling = hole.to - hole.from > mostSamples ? undefined : fillHole(repaired, hole, sampleRate);
      if (!filling) return [];
      repaired.set(filling.samples, filling.from);
      return [{ channel, startSample: startSample + filling.from, samples: filling.samples }];
    });
  });
}

/** Sound often breaks off, or comes back, with a click: filled up to there alone, the hole would leave it behind. */
function withRoughEdges(signal: Float32Array, hole: Hole, sampleRate: number): Hole {
  const filling = fillHole(signal, hole, sampleRate);
  if (!filling) return hole;
  const filled = Float32Array.from(signal);
  filled.set(filling.samples, filling.from);
  const reach = Math.round(roughSeconds * sampleRate);
  const clicks = [hole.from, hole.to].flatMap((edge) =>
    findClicks(filled, { from: edge - reach, to: edge + reach }, sampleRate),
  );
  return {
    from: Math.min(hole.from, ...clicks.map(({ from }) => from)),
    to: Math.max(hole.to, ...clicks.map(({ to }) => to)),
  };
}
