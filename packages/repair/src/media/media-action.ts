import type { Finding } from "@glasswatch/core/finding";
import type { Profile } from "@glasswatch/core/profile";
import type { FileFacts, SoundFacts } from "@glasswatch/media/packets/file-facts";
import type { z } from "zod";

/** Another version of the same programme: the source, or another rendition. */
export interface OtherVersion {
  /** As the user named it. */
  readonly name: string;
  readonly file: FileFacts;
  /** How much later the same picture comes in it. */
  readonly delaySeconds: number;
}

/** What actions decide by. */
export interface Situation {
  readonly file: FileFacts;
  /** Of a scan of the file, under the profile. */
  readonly findings: readonly Finding[];
  readonly profile: Profile;
  readonly source?: OtherVersion;
}

/** A stretch of a track that an action changed. */
export interface Change {
  readonly media: "video" | "audio";
  readonly track: number;
  /** From the file's earliest presented timestamp. */
  readonly startSeconds: number;
  /** Null where it goes on to the end. */
  readonly endSeconds: number | null;
  /** What was done to it, for people. */
  readonly what: string;
}

/** Replaces samples of one channel, counted from the track's first. */
export interface SoundPatch {
  readonly channel: number;
  readonly startSample: number;
  readonly samples: Float32Array;
}

/** A sound track on its way through several actions; it is encoded once, after the last. */
export interface SoundDraft {
  readonly file: FileFacts;
  readonly track: SoundFacts;
  /** What the file was found to last: more of it is a clock that jumps. */
  readonly durationSeconds: number;
  readonly patches: readonly SoundPatch[];
  /** Of the ffmpeg program, applied to the patched samples. */
  readonly filters: readonly string[];
}

/** The file that an action is to make of another one. */
export interface Job {
  readonly file: FileFacts;
  readonly outputPath: string;
  /** FFmpeg's name of the container to write. */
  readonly muxer: string;
  readonly signal?: AbortSignal | undefined;
}

/** What an action is about to do: to the whole file, or to a sound track that later actions see, too. */
export type Step =
  | { readonly to: "file"; run(job: Job): Promise<readonly Change[]> }
  | {
      readonly to: "sound";
      readonly track: number;
      edit(draft: SoundDraft, signal?: AbortSignal): Promise<{ draft: SoundDraft; changes: readonly Change[] }>;
    };

/** An action that can be taken. */
export interface PlannedRepair {
  readonly action: string;
  /** What will be done, for people: a line without a full stop. */
  readonly what: string;
  /** What calls for it: ids of findings; none where the user does. */
  readonly findings: readonly string[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly step: Step;
}

/** Something that calls for an action, which cannot be taken. */
export interface Refusal {
  readonly action: string;
  /** In one line: why not, and what would help. */
  readonly reason: string;
  readonly findings: readonly string[];
}

export interface ActionPlan {
  readonly repairs: readonly PlannedRepair[];
  readonly refusals: readonly Refusal[];
}

/** A repair of media, made on a copy of them. One file exports one of these, and `actions.ts` lists it. */
export interface MediaAction<Options extends z.ZodObject = z.ZodObject> {
  readonly id: string;
  readonly title: string;
  /** One sentence for people: what it is good for. */
  readonly why: string;
  /** The kinds of defects that call for it. */
  readonly kinds: readonly string[];
  /** Whether what it changes can be changed back in the repaired file; the original stays as it is in any case. */
  readonly reversible: boolean;
  /** Every option has a default, or stands for what is measured otherwise. */
  readonly options: Options;
  /**
   * What it would do, and what it cannot; both empty where nothing calls for it.
   *
   * @throws GlasswatchError with exit code 3 when the file cannot be read
   */
  plan(situation: Situation, options: z.output<Options>, signal?: AbortSignal): Promise<ActionPlan>;
}

/** Gives an action's literal its exact type, and lets it be kept beside others: options come in checked by its schema. */
export function defineMediaAction<Options extends z.ZodObject>(action: MediaAction<Options>): MediaAction {
  return action as MediaAction;
}

/** Thrown by a step that turns out to be impossible; its message is the reason of a refusal. The other steps go on. */
export class ImpossibleError extends Error {
  override readonly name = "ImpossibleError";
}

export const nothingToDo: ActionPlan = { repairs: [], refusals: [] };
