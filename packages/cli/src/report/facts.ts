import { coverageInWords } from "./coverage.ts";
import { formatDuration, formatNumber, formatTimeCode } from "./format.ts";
import { type Html, html } from "./html.ts";
import type { InputContext } from "./report-input.ts";
import { isUnfinished, reasonOf } from "./verdict.ts";

interface Fact {
  readonly name: string;
  readonly value: Html;
}

/** What the input is: container, picture, sound, length. */
export function renderFacts(context: InputContext): Html {
  const facts = [...containerFacts(context), ...pictureFacts(context), ...soundFacts(context)];
  const { result } = context.outcome;
  const warning = isUnfinished(result)
    ? html`<p class="notice"><svg class="mark" aria-hidden="true"><use href="#mark-failed"/></svg><span><strong>${result.durationSeconds === null ? "Could not be read." : "Not analysed to the end."}</strong> ${reasonOf(result)}</span></p>`
    : "";
  return html`${warning}<dl class="facts">${facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function containerFacts({ outcome: { result, media } }: InputContext): Fact[] {
  const analysed = result.durationSeconds;
  const stated = media?.durationSeconds;
  // The stated length is an estimate in many containers, and a whole programme may turn out longer.
  const partial = analysed !== null && stated != null && stated - analysed > 1;
  const length = analysed === null ? "nothing" : formatDuration(analysed);
  const exact = analysed === null ? "" : formatTimeCode(analysed);
  return [
    { name: "Analysed", value: html`${length} <small>${partial ? html`of ${formatDuration(stated)}` : exact}</small>` },
    ...(result.coverage ? [{ name: "Watched", value: html`${coverageInWords(result.coverage)}` }] : []),
    ...(media ? [{ name: "Container", value: html`${media.container}` }] : []),
  ];
}

function pictureFacts({ outcome: { result, media } }: InputContext): Fact[] {
  const { video } = result;
  if (!video) return media ? [{ name: "Picture", value: html`none` }] : [];
  const rate = video.fps > 0 ? html` <small>${formatNumber(video.fps)} fps</small>` : "";
  const format = media?.video ? html` <small>${media.video.pixelFormat}</small>` : "";
  return [
    { name: "Picture", value: html`${video.width}×${video.height}${rate}` },
    { name: "Video codec", value: html`${video.codec}${format}` },
  ];
}

function soundFacts({ outcome: { result, media } }: InputContext): Fact[] {
  if (result.audio.length === 0) return media ? [{ name: "Sound", value: html`none` }] : [];
  return result.audio.map(({ track, codec, channels, sampleRate, integratedLufs, truePeakDbtp }) => {
    const details = media?.audio.find((candidate) => candidate.track === track);
    const name = result.audio.length === 1 ? "Sound" : `Audio track ${track + 1}`;
    const language = details?.language ? html`, ${details.language}` : "";
    const layout = details?.channelLayout || `${channels} ch`;
    const levels = [
      integratedLufs === null ? "no loudness" : `${formatNumber(integratedLufs)} LUFS`,
      truePeakDbtp === null ? "silent" : `${formatNumber(truePeakDbtp)} dBTP`,
    ];
    return {
      name,
      value: html`${levels[0]} <small>peak ${levels[1]}</small><br><small>${codec}, ${layout}, ${formatNumber(sampleRate / 1000)} kHz${language}</small>`,
    };
  });
}
