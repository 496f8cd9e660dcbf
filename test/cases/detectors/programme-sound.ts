import type { RecipeInput } from "../../fixtures/recipe.ts";

/** Left and right of a programme: two notes with the rhythm of syllables, as expressions of ffmpeg's `aevalsrc`. */
export const left = "0.11*(0.6+0.4*sin(2*PI*3*t))*(sin(2*PI*220*t)+0.5*sin(2*PI*660*t))";
export const right = "0.11*(0.6+0.4*sin(2*PI*3*t))*(sin(2*PI*277*t)+0.5*sin(2*PI*831*t))";

/** 1 within the span, 0 outside. */
export function within(fromSeconds: number, toSeconds: number): string {
  return `gte(t,${fromSeconds})*lt(t,${toSeconds})`;
}

/** The expression, silent within a span. */
export function silenced(channel: string, fromSeconds: number, toSeconds: number): string {
  return `(${channel})*(1-${within(fromSeconds, toSeconds)})`;
}

/** Sound at 48 kHz from one expression a channel. */
export function soundOf(channels: readonly string[], seconds: number): RecipeInput {
  return { graph: `aevalsrc=exprs='${channels.join("|")}':s=48000:d=${seconds}` };
}

export const pcm = ["-c:a", "pcm_s16le"] as const;
