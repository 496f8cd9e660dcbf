import { createHash } from "node:crypto";
import { join } from "node:path";
import { inputError } from "@glasswatch/core/errors";
import type { FileRepair } from "@glasswatch/core/file-repair";
import type { Profile } from "@glasswatch/core/profile";
import type { ScanResult } from "@glasswatch/core/scan-result";
import { copyBlob, openFileRepairs } from "@glasswatch/core/state/file-repairs";
import { openScans, type Scan, scanKeepDays } from "@glasswatch/core/state/scans";
import { type FileFacts, inspectFile } from "@glasswatch/media/packets/file-facts";
import { planRepairs } from "../media/actions.ts";
import { factsOfFile } from "../media/file-record.ts";
import { makeManifest } from "../media/make-manifest.ts";
import { makeRepairs, type RepairOutcome } from "../media/make-repairs.ts";
import type { ActionPlan } from "../media/media-action.ts";
import { assertSameFile } from "./assert-same-file.ts";
import { contentTypeOf } from "./content-type.ts";
import { fetchFile } from "./fetch-file.ts";
import { extensionOf, fileNameOf } from "./file-name.ts";
import type { FileRepairChange, FileRepairEnd } from "./file-repair-steps.ts";
import { putManifest } from "./manifest-blob.ts";
import { presentable, rewritten } from "./presentable.ts";
import { openScratch } from "./scratch.ts";
import type { FileRepairSetup } from "./setup.ts";
import { profileOf, resultOf } from "./what-was-scanned.ts";

/** What came of it: a copy that is to be verified, or the end. */
export type CopyOutcome = (FileRepairChange & { readonly status: "verifying" }) | FileRepairEnd;

/**
 * Makes a repaired copy of what was scanned, and stores it with its manifest.
 *
 * @returns null where somebody else is making it by now
 * @throws GlasswatchError whose message people may see
 */
export async function makeCopy(repair: FileRepair, setup: FileRepairSetup): Promise<CopyOutcome | null> {
  const scanned = await whatWasScanned(repair, setup);
  const scratch = await openScratch(setup.scratchFolder, setup.now());
  const { input } = scanned.scan;
  const path = join(scratch.folder, `input${extensionOf(fileNameOf(input))}`);
  const shown = [[path, input] as const, [join(scratch.folder, "/"), ""] as const];
  try {
    await fetchFile(scanned.scan, path, setup);
    const making = { repair, ...scanned, path, setup, shownAs: (text: string) => presentable(text, ...shown) };
    return await makeOf(await inspectFile(path), making);
  } catch (error) {
    throw rewritten(error, ...shown);
  } finally {
    await scratch.remove();
  }
}

interface ScannedFile {
  readonly scan: Scan;
  readonly before: ScanResult;
  readonly profile: Profile;
}

interface Making extends ScannedFile {
  readonly repair: FileRepair;
  readonly path: string;
  readonly setup: FileRepairSetup;
  shownAs(text: string): string;
}

async function whatWasScanned(
  { scanId }: FileRepair,
  { ports: { table, blobs } }: FileRepairSetup,
): Promise<ScannedFile> {
  const scan = (await openScans(table).get(scanId))?.value;
  if (scan?.status !== "completed") throw inputError("not-readable", "its scan is not completed: scan the file again");
  const before = await resultOf(scan, blobs);
  if (!before) throw inputError("not-readable", "what was found is kept no more: scan the file again");
  const profile = await profileOf(scan, table);
  if (!profile) {
    throw inputError("not-readable", `the profile ${scan.profile} is gone: put it again, or scan without it`);
  }
  return { scan, before, profile };
}

async function makeOf(file: FileFacts, making: Making): Promise<CopyOutcome | null> {
  const { repair, before, profile, path, setup } = making;
  setup.signal.throwIfAborted();
  assertSameFile(file, before);
  const situation = { file, findings: before.findings, profile, only: repair.wanted ?? undefined };
  const plan = await planRepairs(situation, setup.signal);
  if (repair.dryRun) return dryRun(plan, making);
  const outputPath = join(path, "..", `copy${extensionOf(path)}`);
  const { made, refusals } = await makeRepairs({
    ...{ file, repairs: plan.repairs, outputPath, signal: setup.signal },
    durationSeconds: before.durationSeconds ?? 0,
  });
  const outcome = { made, refusals: [...plan.refusals, ...refusals] };
  return made.length === 0 ? nothingMade(outcome, making) : await store(outcome, { ...making, file, outputPath });
}

interface Stored extends Making {
  readonly file: FileFacts;
  readonly outputPath: string;
}

async function store(outcome: RepairOutcome, storing: Stored): Promise<CopyOutcome | null> {
  const { repair, scan, before, file, path, outputPath, setup } = storing;
  const { table, blobs } = setup.ports;
  const fileName = fileNameOf(scan.input);
  const manifest = await makeManifest({ ...outcome, input: { name: fileName, path }, before, at: setup.now() });
  const output = await factsOfFile(fileName, outputPath);
  setup.signal.throwIfAborted();
  if ((await openFileRepairs(table).get(repair.scanId, repair.id))?.version !== repair.version) return null;
  const contentType = contentTypeOf(file);
  await blobs.putFile(copyBlob(repair), outputPath, { contentType, keepDays: scanKeepDays });
  await putManifest(repair, { ...manifest, output }, blobs);
  const { sizeBytes, sha256 } = output;
  return {
    status: "verifying",
    ...rowOf(outcome, storing),
    copy: { fileName, contentType, sizeBytes, sha256 },
    copyScanId: createHash("sha256").update(`copy of ${repair.id}`).digest("hex").slice(0, 32),
    text: `made a copy of ${inMegabytes(sizeBytes)}: ${wordsOf(outcome, storing)}; it is scanned`,
  };
}

function dryRun({ repairs, refusals }: ActionPlan, making: Making): FileRepairEnd {
  const outcome = { made: repairs.map((repair) => ({ repair, changes: [] })), refusals };
  const what = repairs.length === 0 ? noneText(outcome, making) : `would ${wordsOf(outcome, making)}`;
  return { status: "abandoned", refusals: rowOf(outcome, making).refusals, text: `dry run, nothing is done: ${what}` };
}

function nothingMade(outcome: RepairOutcome, making: Making): FileRepairEnd {
  const { refusals } = rowOf(outcome, making);
  return { status: "abandoned", refusals, text: `no copy is made: ${noneText(outcome, making)}` };
}

function noneText(outcome: RepairOutcome, making: Making): string {
  return outcome.refusals.length === 0 ? "there is nothing to repair" : wordsOf(outcome, making);
}

function rowOf({ made, refusals }: RepairOutcome, { shownAs }: Making): Pick<FileRepair, "made" | "refusals"> {
  return {
    made: made.map(({ repair: { action, what, findings } }) => ({
      ...{ action, what: shownAs(what), findings: [...findings] },
    })),
    refusals: refusals.map(({ action, reason, findings }) => ({
      ...{ action, reason: shownAs(reason), findings: [...findings] },
    })),
  };
}

/** What is done, and what cannot be. */
function wordsOf(outcome: RepairOutcome, making: Making): string {
  const { made, refusals } = rowOf(outcome, making);
  const cannot = refusals.map(({ action, reason }) => `${action} cannot: ${reason}`);
  return [...made.map(({ what }) => what), ...cannot].join("; ");
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
