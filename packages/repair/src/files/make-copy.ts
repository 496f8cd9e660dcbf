import { join } from "node:path";
import type { FileRepair } from "@glasswatch/core/file-repair";
import { type FileFacts, inspectFile } from "@glasswatch/media/packets/file-facts";
import { planRepairs } from "../media/actions.ts";
import { makeRepairs } from "../media/make-repairs.ts";
import { assertSameFile } from "./assert-same-file.ts";
import { fetchFile } from "./fetch-file.ts";
import { extensionOf, fileNameOf } from "./file-name.ts";
import type { FileRepairChange, FileRepairEnd } from "./file-repair-steps.ts";
import { type Outcome, outcomeOf, wordsOf } from "./outcome-words.ts";
import { presentable, rewritten } from "./presentable.ts";
import { openScratch } from "./scratch.ts";
import type { FileRepairSetup } from "./setup.ts";
import { storeCopy } from "./store-copy.ts";
import { type ScannedFile, whatWasScanned } from "./what-was-scanned.ts";

/** What came of it: a copy that is to be verified, or the end. */
export type CopyOutcome = (FileRepairChange & { readonly status: "verifying" }) | FileRepairEnd;

/**
 * Makes a repaired copy of what was scanned, and stores it with its manifest.
 *
 * @returns null where somebody else makes it by now
 * @throws GlasswatchError whose message people may see
 */
export async function makeCopy(repair: FileRepair, setup: FileRepairSetup): Promise<CopyOutcome | null> {
  const scanned = await whatWasScanned(repair.scanId, setup.ports);
  const scratch = await openScratch(setup.scratchFolder, setup.now());
  const { input } = scanned.scan;
  const extension = extensionOf(fileNameOf(input));
  const path = join(scratch.folder, `input${extension}`);
  const shown = [[path, input] as const, [join(scratch.folder, "/"), ""] as const];
  try {
    await fetchFile(scanned.scan, path, setup);
    const outputPath = join(scratch.folder, `copy${extension}`);
    const shownAs = (text: string) => presentable(text, ...shown);
    return await makeOf(await inspectFile(path), { repair, ...scanned, outputPath, shownAs }, setup);
  } catch (error) {
    throw rewritten(error, ...shown);
  } finally {
    await scratch.remove();
  }
}

interface Making extends ScannedFile {
  readonly repair: FileRepair;
  readonly outputPath: string;
  /** What people may see of a text. */
  shownAs(text: string): string;
}

async function makeOf(file: FileFacts, making: Making, setup: FileRepairSetup): Promise<CopyOutcome | null> {
  const { repair, before, profile, outputPath, shownAs } = making;
  const { signal } = setup;
  signal.throwIfAborted();
  assertSameFile(file, before);
  const { findings, durationSeconds } = before;
  const plan = await planRepairs({ file, findings, profile, only: repair.wanted ?? undefined }, signal);
  const { repairs } = plan;
  const planned = outcomeOf(repairs, plan.refusals, shownAs);
  if (repair.dryRun) {
    const would = repairs.length === 0 ? "" : "would ";
    const text = `dry run, nothing is done: ${would}${wordsOf(planned)}`;
    return { status: "abandoned", refusals: planned.refusals, text };
  }
  // What there is nothing to do about need not be of a kind that can be written.
  if (repairs.length === 0) return noCopy(planned);
  const request = { file, repairs, outputPath, signal, durationSeconds: durationSeconds ?? 0 };
  const { made, refusals } = await makeRepairs(request);
  const outcome = { made, refusals: [...plan.refusals, ...refusals] };
  const row = outcomeOf(
    made.map((done) => done.repair),
    outcome.refusals,
    shownAs,
  );
  if (made.length === 0) return noCopy(row);
  const stored = await storeCopy({ ...making, file, outcome }, setup);
  if (!stored) return null;
  const text = `made a copy of ${inMegabytes(stored.copy.sizeBytes)}: ${wordsOf(row)}; it is scanned`;
  return { status: "verifying", ...row, ...stored, text };
}

function noCopy(outcome: Outcome): FileRepairEnd {
  return { status: "abandoned", refusals: outcome.refusals, text: `no copy is made: ${wordsOf(outcome)}` };
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
