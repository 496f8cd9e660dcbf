/** FFmpeg's abbreviations of loudspeaker positions, in the order of channels, for each layout that FFmpeg names. */
const layouts: Readonly<Record<string, string>> = {
  mono: "FC",
  stereo: "FL FR",
  downmix: "DL DR",
  "2.1": "FL FR LFE",
  "3.0": "FL FR FC",
  "3.0(back)": "FL FR BC",
  "4.0": "FL FR FC BC",
  quad: "FL FR BL BR",
  "quad(side)": "FL FR SL SR",
  "3.1": "FL FR FC LFE",
  "5.0": "FL FR FC BL BR",
  "5.0(side)": "FL FR FC SL SR",
  "4.1": "FL FR FC LFE BC",
  "5.1": "FL FR FC LFE BL BR",
  "5.1(side)": "FL FR FC LFE SL SR",
  "6.0": "FL FR FC BC SL SR",
  "6.0(front)": "FL FR FLC FRC SL SR",
  "3.1.2": "FL FR FC LFE TFL TFR",
  hexagonal: "FL FR FC BL BR BC",
  "6.1": "FL FR FC LFE BC SL SR",
  "6.1(back)": "FL FR FC LFE BL BR BC",
  "6.1(front)": "FL FR LFE FLC FRC SL SR",
  "7.0": "FL FR FC BL BR SL SR",
  "7.0(front)": "FL FR FC FLC FRC SL SR",
  "7.1": "FL FR FC LFE BL BR SL SR",
  "7.1(wide)": "FL FR FC LFE BL BR FLC FRC",
  "7.1(wide-side)": "FL FR FC LFE FLC FRC SL SR",
  "5.1.2": "FL FR FC LFE SL SR TFL TFR",
  "5.1.2(back)": "FL FR FC LFE BL BR TFL TFR",
  octagonal: "FL FR FC BL BR BC SL SR",
  cube: "FL FR BL BR TFL TFR TBL TBR",
  "5.1.4": "FL FR FC LFE BL BR TFL TFR TBL TBR",
  "7.1.2": "FL FR FC LFE BL BR SL SR TFL TFR",
  "7.1.4": "FL FR FC LFE BL BR SL SR TFL TFR TBL TBR",
};

/**
 * Loudspeaker of each channel, by FFmpeg's abbreviation (`FL`, `LFE`, `SR`, …), empty where the layout does not say.
 *
 * @param layout FFmpeg's description: a name (`5.1(side)`) or a list (`3 channels (FL+FR+LFE)`)
 */
export function speakers(layout: string, channels: number): readonly string[] {
  const listed = /\(([A-Z][A-Z0-9@+]*)\)$/.exec(layout)?.[1]?.split("+");
  const names = listed ?? layouts[layout]?.split(" ") ?? [];
  return names.length === channels ? names : Array.from({ length: channels }, () => "");
}

/** Left and right of one another: the channels whose sum a listener hears, and that may cancel in it. */
const opposites: Readonly<Record<string, string>> = {
  FL: "FR",
  SL: "SR",
  BL: "BR",
  FLC: "FRC",
  TFL: "TFR",
  TBL: "TBR",
  DL: "DR",
  WL: "WR",
  TSL: "TSR",
};

/** Pairs of channels that are left and right of one another; of two channels without names, those two. */
export function stereoPairs(names: readonly string[]): readonly (readonly [number, number])[] {
  if (names.length === 2 && names.every((name) => name === "")) return [[0, 1]];
  return names.flatMap((name, left) => {
    const right = names.indexOf(opposites[name] ?? "none");
    return right < 0 ? [] : [[left, right] as const];
  });
}
