import type { MediaSpec } from "@glasswatch/media/make-media";
import type { ClipFormat } from "./clips.ts";

type Programme = Pick<MediaSpec, "inputs" | "options">;
type PictureSize = Pick<ClipFormat, "width" | "height" | "fps">;

/** Pictures and sound to encode: inputs, and the options that map them. */
export function programme(size: PictureSize, sources: readonly string[], seconds: number): Programme {
  const sound = { source: `anoisesrc=r=48000:a=0.1:c=pink:seed=7:d=${seconds}`, options: ["-f", "lavfi"] };
  const pictures = sources.length < 4 ? painted(size) : mosaic(size, sources);
  const { inputs } = pictures;
  return {
    inputs: [...inputs, sound],
    options: [...pictures.options, "-map", `${inputs.length}:a`, "-t", String(seconds)],
  };
}

/** Four clips side by side, again and again. */
function mosaic({ width, height, fps }: PictureSize, sources: readonly string[]): Programme {
  const quarter = `scale=${width / 2}:${height / 2},fps=${fps},setsar=1,format=yuv420p`;
  const quarters = ["a", "b", "c", "d"].map((name, i) => `[${i}:v]${quarter}[${name}]`).join(";");
  return {
    inputs: sources.slice(0, 4).map((source) => ({ source, options: ["-stream_loop", "-1"] })),
    options: ["-filter_complex", `${quarters};[a][b]hstack[t];[c][d]hstack[u];[t][u]vstack[v]`, "-map", "[v]"],
  };
}

/**
 * Clouds whose detail falls off with its fineness as that of natural pictures does (1/f), under a camera that pans and
 * cuts every five seconds, with three things that move by themselves, and grain. At the same rate it costs a decoder a
 * tenth less than the mosaic.
 */
function painted({ width, height, fps }: PictureSize): Programme {
  const wide = { width: (width * 4) / 3, height: (height * 4) / 3, fps };
  const mover = { width: width / 4, height: height / 2, fps };
  const pan = (length: string, phase: number) => `'(in_${length}-out_${length})/2*(1+sin(t*0.4+floor(t/5)*${phase}))'`;
  const graph = [
    clouds("ground", wide, 10),
    clouds("mover", mover, 50),
    `[ground]crop=${width}:${height}:x=${pan("w", 2)}:y=${pan("h", 3)}[view]`,
    "[mover]eq=brightness=0.1:contrast=1.2,split=3[m1][m2][m3]",
    `[view][m1]overlay=x='mod(t*${width / 15},${width})':y=${height / 4}[v1]`,
    `[v1][m2]overlay=x='${width}-mod(t*${width / 20},${width})':y='${height / 2}+${height / 18}*sin(t*2)'[v2]`,
    `[v2][m3]overlay=x='${width / 2}+${width / 10}*sin(t)':y=${height / 10},noise=alls=6:allf=t:all_seed=3[v]`,
  ];
  return {
    inputs: [],
    options: ["-filter_complex", graph.join(";"), "-map", "[v]"],
  };
}

/** A still of fractal noise, repeated for ever: octaves of it, each half as strong and three times as fine. */
function clouds(name: string, { width, height, fps }: PictureSize, seed: number): string {
  const octaves = ["16x9", "48x27", "160x90", "480x270", "1280x720"];
  const layers = octaves.map((size, i) => {
    const noise = `color=gray:s=${size}:r=${fps},noise=alls=100:all_seed=${seed + i}`;
    return `${noise},scale=${width}:${height}:flags=bicubic,format=yuv420p[${name}${i}]`;
  });
  const all = octaves.map((_, i) => `[${name}${i}]`).join("");
  const still = `trim=end_frame=1,loop=-1:1,setpts=N/${fps}/TB`;
  const mixed = `mix=inputs=${octaves.length}:weights='8 5 3 2 1',eq=contrast=2:saturation=0.6`;
  return [...layers, `${all}${mixed},${still}[${name}]`].join(";");
}
