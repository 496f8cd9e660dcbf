import type { Sound } from "@glasswatch/core/media";

/** Blocks a second: each is 10 ms long. */
export const blocksPerSecond = 100;

/** Below this a unit's time is taken for a rounded time stamp and the samples are counted on: half a block. */
const jitterSeconds = 0.005;
/**
 * From here the samples on either side are not neighbours. In between the clock is corrected without a break: encoders
 * and ms-rounding muxers wander by up to a packet (AAC 21 ms, AC-3 32 ms) while the sound itself is whole.
 */
const gapSeconds = 0.05;

export interface BlockSink {
  /** The form of what follows; called before the first samples and whenever it changes, between blocks. */
  begin(form: { readonly channels: number; readonly sampleRate: number }): void;
  /** Appends samples `from` to `to` of the unit to the block at hand, which holds `filled` samples. */
  append(sound: Sound, from: number, to: number, filled: number): void;
  /** The block at hand is whole, or the last of a stretch. */
  complete(timeSeconds: number, samples: number): void;
  /** What follows is not the continuation of what went before. */
  restart(): void;
}

export interface BlockCutter {
  push(sound: Sound): void;
  flush(): void;
}

/** Cuts units of any length into blocks; block k of a stretch spans samples round(k·rate/100) to round((k+1)·rate/100). */
export function openBlockCutter(sink: BlockSink): BlockCutter {
  let channels = 0;
  let sampleRate = 0;
  /** Time of the stretch's sample 0. */
  let anchorSeconds = 0;
  let block = 0;
  let blockStart = 0;
  let blockEnd = 0;
  let position = 0;

  function flush(): void {
    if (position > blockStart) complete();
  }

  function complete(): void {
    const samples = position - blockStart;
    const timeSeconds = anchorSeconds + blockStart / sampleRate;
    blockStart = position;
    nextBlock();
    sink.complete(timeSeconds, samples);
  }

  /** Below 100 samples a second there are blocks without any; those are passed over. */
  function nextBlock(): void {
    while (endOf(block) <= position) block++;
    blockEnd = endOf(block);
  }

  function endOf(index: number): number {
    return Math.round(((index + 1) * sampleRate) / blocksPerSecond);
  }

  function startAt(timeSeconds: number): void {
    anchorSeconds = timeSeconds;
    position = 0;
    block = 0;
    blockStart = 0;
    nextBlock();
  }

  function align(sound: Sound): void {
    const formChanged = sound.channels.length !== channels || sound.sampleRate !== sampleRate;
    const departure = sound.timeSeconds - (anchorSeconds + position / sampleRate);
    const gap = sampleRate !== 0 && Math.abs(departure) > gapSeconds;
    if (formChanged || gap) {
      flush();
      if (gap) sink.restart();
      if (formChanged) {
        channels = sound.channels.length;
        sampleRate = sound.sampleRate;
        sink.begin({ channels, sampleRate });
      }
      startAt(sound.timeSeconds);
    } else if (Math.abs(departure) > jitterSeconds) {
      anchorSeconds += departure;
    }
  }

  return {
    push(sound) {
      const length = sound.channels[0]?.length ?? 0;
      if (length === 0 || !(sound.sampleRate > 0)) return;
      align(sound);
      let from = 0;
      while (from < length) {
        const to = Math.min(length, from + blockEnd - position);
        sink.append(sound, from, to, position - blockStart);
        position += to - from;
        from = to;
        if (position >= blockEnd) complete();
      }
    },
    flush,
  };
}
