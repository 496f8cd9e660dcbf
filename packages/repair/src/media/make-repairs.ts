import { rename, rm } from "node:fs/promises";
import { usageError } from "@glasswatch/core/errors";
import { type FileFacts, inspectFile } from "@glasswatch/media/packets/file-facts";
import { muxerOf } from "./ffmpeg-job.ts";
import {
  type ActionPlan,
  type Change,
  ImpossibleError,
  type Job,
  type PlannedRepair,
  type Refusal,
  type SoundDraft,
} from "./media-action.ts";
import { writeDraft } from "./sound-draft.ts";

export interface MadeRepair {
  readonly repair: PlannedRepair;
  readonly changes: readonly Change[];
}

export interface RepairOutcome {
  readonly made: readonly MadeRepair[];
  /** Those that turned out to be impossible. */
  readonly refusals: readonly Refusal[];
}

export interface RepairRequest {
  readonly file: FileFacts;
  /** As its scan measured it. */
  readonly durationSeconds: number;
  readonly repairs: ActionPlan["repairs"];
  /** Where the result goes; files beside it begin with this name, and are gone at the end. Absolute. */
  readonly outputPath: string;
  readonly signal?: AbortSignal | undefined;
}

/** Consecutive repairs of one sound track are made on one draft, which is encoded once. */
type Stage = { readonly track?: number; readonly repairs: readonly PlannedRepair[] };

/**
 * Makes repairs one after the other, each on what came of those before. The input is only read. Nothing is left at
 * `outputPath` unless something was done.
 *
 * @throws GlasswatchError when the ffmpeg program fails, or the container cannot be written; the signal's reason
 */
export async function makeRepairs(request: RepairRequest): Promise<RepairOutcome> {
  const { file, repairs, outputPath, signal, durationSeconds } = request;
  const muxer = muxerOf(file);
  if (muxer === undefined) {
    throw usageError("unsupported-container", `${file.path}: ${file.demuxer} files can be read, and not written`);
  }
  const made: MadeRepair[] = [];
  const refusals: Refusal[] = [];
  let current = file;
  try {
    for (const [number, stage] of stagesOf(repairs).entries()) {
      const job = { file: current, outputPath: `${outputPath}.${number}`, muxer, signal };
      const outcome = await makeStage(stage, job, durationSeconds).catch((error: unknown) =>
        refusedStage(stage, error),
      );
      made.push(...outcome.made);
      refusals.push(...outcome.refusals);
      if (outcome.made.length === 0) {
        await rm(job.outputPath, { force: true });
        continue;
      }
      if (current !== file) await rm(current.path);
      current = await inspectFile(job.outputPath);
    }
    if (current !== file) await rename(current.path, outputPath);
    return { made, refusals };
  } catch (error) {
    const stages = stagesOf(repairs).map((_, number) => `${outputPath}.${number}`);
    await Promise.all(stages.map((path) => rm(path, { force: true })));
    throw error;
  }
}

function stagesOf(repairs: readonly PlannedRepair[]): readonly Stage[] {
  const stages: Stage[] = [];
  for (const repair of repairs) {
    const { step } = repair;
    const track = step.to === "sound" ? step.track : undefined;
    const place = track === undefined ? -1 : stages.findIndex((stage) => stage.track === track);
    const stage = stages[place];
    if (stage) stages[place] = { ...stage, repairs: [...stage.repairs, repair] };
    else stages.push({ ...(track !== undefined && { track }), repairs: [repair] });
  }
  return stages;
}

async function makeStage({ track, repairs }: Stage, job: Job, durationSeconds: number): Promise<RepairOutcome> {
  if (track !== undefined) {
    const sound = job.file.sounds[track];
    if (!sound) throw new ImpossibleError(`there is no sound ${track + 1}`);
    return makeSound({ file: job.file, track: sound, durationSeconds, patches: [], filters: [] }, repairs, job);
  }
  const made: MadeRepair[] = [];
  for (const repair of repairs) {
    if (repair.step.to === "file") made.push({ repair, changes: await repair.step.run(job) });
  }
  return { made, refusals: [] };
}

async function makeSound(original: SoundDraft, repairs: readonly PlannedRepair[], job: Job): Promise<RepairOutcome> {
  let draft = original;
  const made: MadeRepair[] = [];
  const refusals: Refusal[] = [];
  for (const repair of repairs) {
    if (repair.step.to !== "sound") continue;
    try {
      const edited = await repair.step.edit(draft, job.signal);
      draft = edited.draft;
      made.push({ repair, changes: edited.changes });
    } catch (error) {
      refusals.push(...refusedStage({ repairs: [repair] }, error).refusals);
    }
  }
  if (made.length > 0) await writeDraft(draft, job);
  return { made, refusals };
}

function refusedStage({ repairs }: Stage, error: unknown): RepairOutcome {
  if (!(error instanceof ImpossibleError)) throw error;
  const refusals = repairs.map(({ action, findings }) => ({ action, findings, reason: error.message }));
  return { made: [], refusals };
}
