/** What `out/bench.json` holds. A run of some parts replaces those and leaves the others as they were. */
export interface BenchReport {
  readonly parts: { readonly [Name in keyof BenchResults]?: Measured<BenchResults[Name]> };
}

export interface Measured<Result> {
  readonly circumstances: Circumstances;
  readonly result: Result;
}

/** Where and when a part was measured: only figures of one part of one run may be compared. */
export interface Circumstances {
  /** ISO 8601, UTC. */
  readonly measuredAt: string;
  /** Of this repository, with `+` where files differ from it. */
  readonly commit: string;
  readonly processor: string;
  readonly cores: number;
  readonly system: string;
  readonly node: string;
  readonly ffmpeg: string;
  /** Mean number of processes that wanted to run in the minute before the part began; about 0 on an idle machine. */
  readonly loadBefore: number;
  readonly material: "natural" | "painted";
  readonly rounds: number;
}

/** The result of each part, by its name. */
export interface BenchResults {
  readonly ratios: readonly RatioRow[];
  readonly "start-up": readonly StartUpRow[];
  readonly detectors: readonly DetectorCostRow[];
  readonly memory: readonly MemoryRow[];
  readonly latency: readonly LatencyRow[];
  readonly growth: readonly GrowthRow[];
  readonly length: readonly LengthRow[];
  readonly events: readonly EventsRow[];
  readonly profile: ProfileResult;
}

/** One command on one clip. */
export interface RatioRow {
  readonly clip: string;
  readonly contestant: string;
  /** Median of the rounds: user and system time of the whole process tree. */
  readonly cpuSeconds: number;
  /** Median of the rounds' ratios to `decode`. */
  readonly timesDecode: number;
  /** The same, less what each command takes for a clip of one picture. */
  readonly timesDecodeWithoutStartUp: number;
  /** Streams at real time that one core carries, start-up left out. */
  readonly streamsPerCore: number;
  /** Every round, in order. */
  readonly rounds: readonly number[];
}

export interface StartUpRow {
  readonly what: string;
  readonly cpuSeconds: number;
  /** Not known for a part of a process tree. */
  readonly wallSeconds?: number;
}

export interface DetectorCostRow {
  readonly what: string;
  /** Processor milliseconds for a second of 1080p25 with stereo sound. */
  readonly cpuMsPerSecond: number;
  readonly percentOfScan: number;
}

/** Private memory of one process, in MB of 2²⁰ bytes, sampled twice a second. */
export interface MemoryRow {
  readonly process: "decoding" | "command";
  readonly medianMb: number;
  readonly peakMb: number;
  /** Without the clean pages, which a second process of the kind shares: those of programs and libraries. */
  readonly medianDirtyMb: number;
  readonly peakDirtyMb: number;
  readonly samples: number;
}

/** One defect of a live stream. */
export interface LatencyRow {
  readonly kind: string;
  readonly onsetSeconds: number;
  /** How long the defect must last by its definition. */
  readonly leastSeconds: number;
  /** From the earliest moment at which the definition allows a finding to the event; null where none came. */
  readonly delaySeconds: number | null;
}

/** So many live streams at once. */
export interface GrowthRow {
  readonly streams: number;
  /** Processor seconds a second, whole process tree, over the streams. */
  readonly coresPerStream: number;
  /** Median private memory of a decoding process. */
  readonly decodingMb: number;
  /** The same without clean pages. */
  readonly decodingDirtyMb: number;
  readonly commandMb: number;
  /** Streams in tier light at the end. */
  readonly light: number;
  /** Furthest that a stream was told to lag. */
  readonly mostLagSeconds: number;
  /** Left out in all by skipping ahead. */
  readonly skippedSeconds: number;
}

/** One scan of a long input. */
export interface LengthRow {
  readonly input: string;
  readonly mediaSeconds: number;
  readonly peakMb: number;
  /** Growth of private memory per hour of media, by least squares over its second half; null for a short input. */
  readonly mbPerHour: number | null;
  /** Private memory at ten places of the input. */
  readonly courseMb: readonly number[];
}

/** Events on their way through the embedded ports. */
export interface EventsRow {
  readonly consumer: "same process" | "another process";
  /** Of all rounds. */
  readonly arrivals: number;
  /** Median of the rounds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of all rounds. */
  readonly largestMs: number;
}

export interface ProfileResult {
  /** Of all functions together. */
  readonly bytesPerPicture: number;
  readonly functions: readonly ProfileRow[];
  readonly allocations: readonly AllocationRow[];
}

/** Where processor time goes. */
export interface ProfileRow {
  readonly function: string;
  readonly place: string;
  readonly percent: number;
}

/** Where garbage comes from. */
export interface AllocationRow {
  readonly function: string;
  readonly place: string;
  readonly bytesPerPicture: number;
}
