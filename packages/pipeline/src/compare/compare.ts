import type { Comparison, PictureQuality } from "@glasswatch/core/comparison";
import type { ScanProgress } from "../scan-types.ts";
import { alignFingerprints } from "./align/align-fingerprints.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { type Judged, judge } from "./judge.ts";
import { pictureQuality } from "./quality/picture-quality.ts";
import { type FingerprintReading, readFingerprint } from "./read-fingerprint.ts";

/** The two sides of a comparison. */
export type Side = "reference" | "input";

export interface CompareRequest {
  /** Paths, or http(s) URLs. */
  readonly reference: string;
  readonly input: string;
  /** Whether loopback and private addresses may be fetched from. */
  readonly allowPrivate: boolean;
}

export interface CompareEffects {
  /** Aborting ends both readings; what was read so far is compared. */
  readonly signal?: AbortSignal;
  onProgress?(side: Side, progress: Omit<ScanProgress, "findings">): void;
}

export interface CompareOutcome {
  readonly comparison: Comparison;
  /** Null for what could not be opened. */
  readonly fingerprints: Readonly<Record<Side, Fingerprint | null>>;
}

/**
 * Aligns two versions of a programme, each decoded in a process of its own. An input that is bad or cut short is told of in
 * `comparison.error`, and what was read of it is compared.
 *
 * @throws Error only for a fault of Glasswatch itself
 */
export async function compare(request: CompareRequest, effects: CompareEffects = {}): Promise<CompareOutcome> {
  const { signal, onProgress } = effects;
  const read = (side: Side): Promise<FingerprintReading> =>
    readFingerprint(
      { input: request[side], allowPrivate: request.allowPrivate },
      { ...(signal && { signal }), onProgress: (progress) => onProgress?.(side, progress) },
    );
  const [reference, input] = await Promise.all([read("reference"), read("input")]);
  const { judged, picture } = await assess(request, reference.fingerprint, input.fingerprint, signal);
  return {
    comparison: {
      schemaVersion: 1,
      reference: request.reference,
      input: request.input,
      ...judged,
      picture,
      error: reference.error ?? input.error,
    },
    fingerprints: { reference: reference.fingerprint, input: input.fingerprint },
  };
}

async function assess(
  request: CompareRequest,
  reference: Fingerprint | null,
  input: Fingerprint | null,
  signal: AbortSignal | undefined,
): Promise<{ readonly judged: Judged; readonly picture: PictureQuality }> {
  if (!reference || !input) return { judged: unread, picture: unseen };
  const alignment = alignFingerprints(reference, input);
  const sides = {
    reference: { input: request.reference, fingerprint: reference },
    input: { input: request.input, fingerprint: input },
  };
  const picture = await pictureQuality(
    { ...sides, allowPrivate: request.allowPrivate, picture: alignment.picture },
    signal,
  );
  return { judged: judge(alignment), picture };
}

const unseen: PictureQuality = { ssim: null, pairs: 0, size: null, problem: "unaligned" };

const nothing = { delaySeconds: null, driftPpm: null, confidence: null, problem: "absent" } as const;

const unread: Judged = {
  verdict: "inconclusive",
  reason: "an input could not be read",
  delaySeconds: null,
  driftPpm: null,
  avOffsetSeconds: null,
  confidence: { delay: null, drift: null, avOffset: null },
  avOffsets: [],
  video: nothing,
  audio: nothing,
  common: null,
  missing: [],
  inserted: [],
  levelDifferenceLu: null,
};
