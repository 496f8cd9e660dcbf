/** One way in which a programme is delivered, as options of ffmpeg. Containers keep the encoders' delays, so that times are exact. */
export interface Rendition {
  readonly name: string;
  readonly extension: string;
  /** Frames a second against those of the source. */
  readonly rate: 1 | 0.5 | 2;
  readonly lines: number;
  readonly videoOptions: readonly string[];
  /** Filters of the sound, after the delay. */
  readonly soundFilter: string;
  readonly soundOptions: readonly string[];
  /** The encoder keeps time in frames: pictures are shifted by whole seconds, which nearly all frame rates divide. */
  readonly wholeSeconds?: true;
  /** What FFmpeg 5's Matroska muxer sets pictures back by: it allows for the pre-skip of Opus twice. */
  readonly picturesLateSeconds?: number;
  /** What the sound's encoder puts before it, where the container begins with that: seconds that everything is later by. */
  readonly primingSeconds: number;
}

const h264 = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"] as const;

/** What the others are compared with. */
export const referenceRendition: Rendition = {
  name: "H.264 360p, AAC",
  extension: "mp4",
  rate: 1,
  lines: 360,
  videoOptions: [...h264, "-crf", "20"],
  soundFilter: "anull",
  soundOptions: ["-c:a", "aac", "-b:a", "160k"],
  primingSeconds: 0,
};

export const renditions: readonly Rendition[] = [
  {
    ...referenceRendition,
    name: "H.264 360p, AAC, −9 dB",
    videoOptions: [...h264, "-crf", "23"],
    soundFilter: "volume=-9dB",
  },
  {
    name: "H.264 180p low rate, AAC 48k mono",
    extension: "mp4",
    rate: 1,
    lines: 180,
    videoOptions: [...h264, "-crf", "32"],
    soundFilter: "aresample=44100,aformat=channel_layouts=mono",
    soundOptions: ["-c:a", "aac", "-b:a", "48k"],
    primingSeconds: 0,
  },
  {
    name: "HEVC 240p, MP3 44.1 kHz",
    extension: "mp4",
    rate: 1,
    lines: 240,
    videoOptions: ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error", "-crf", "26"],
    soundFilter: "aresample=44100",
    soundOptions: ["-c:a", "libmp3lame", "-b:a", "128k"],
    primingSeconds: 0,
  },
  {
    name: "VP9 270p, Opus 48k",
    extension: "webm",
    rate: 1,
    lines: 270,
    videoOptions: ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "500k"],
    soundFilter: "aresample=48000",
    soundOptions: ["-c:a", "libopus", "-b:a", "48k"],
    picturesLateSeconds: 0.0065,
    primingSeconds: 0,
  },
  {
    name: "VP8 240p, Opus 24k mono",
    extension: "webm",
    rate: 1,
    lines: 240,
    videoOptions: ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "400k"],
    soundFilter: "aresample=48000,aformat=channel_layouts=mono,volume=4dB",
    soundOptions: ["-c:a", "libopus", "-b:a", "24k"],
    picturesLateSeconds: 0.0065,
    primingSeconds: 0,
  },
  {
    name: "MPEG-2 360p, AC-3 in a transport stream",
    extension: "ts",
    wholeSeconds: true,
    rate: 1,
    lines: 360,
    videoOptions: ["-c:v", "mpeg2video", "-b:v", "2M", "-pix_fmt", "yuv420p"],
    soundFilter: "aresample=48000",
    soundOptions: ["-c:a", "ac3", "-b:a", "192k"],
    primingSeconds: 256 / 48_000,
  },
  {
    ...referenceRendition,
    name: "H.264 at half the rate, AAC with normalised loudness",
    rate: 0.5,
    lines: 240,
    videoOptions: [...h264, "-crf", "24"],
    soundFilter: "loudnorm=I=-16:TP=-1,aresample=48000",
  },
  {
    ...referenceRendition,
    name: "H.264 at twice the rate, AAC 16 kHz",
    rate: 2,
    lines: 180,
    videoOptions: [...h264, "-crf", "26"],
    soundFilter: "aresample=16000",
    soundOptions: ["-c:a", "aac", "-b:a", "48k"],
  },
];
