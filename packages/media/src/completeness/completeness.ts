import { isAsfCut } from "./asf.ts";
import { isFlvCut } from "./flv.ts";
import { readIsoMediaStructure } from "./iso-media.ts";
import { isMatroskaCut } from "./matroska.ts";
import { isMp3Cut } from "./mp3.ts";
import { isMpegPsCut } from "./mpeg-ps.ts";
import { isMpegTsCut } from "./mpeg-ts.ts";
import { isOggCut } from "./ogg.ts";
import type { RandomAccess } from "./random-access.ts";
import { isRiffCut } from "./riff.ts";

export interface Completeness {
  /** The structure of the container says that the file is longer. */
  readonly isCut: boolean;
  /** An MP4 or QuickTime file without the index that is written when a recording is finished. */
  readonly lacksIndex: boolean;
}

const checks = [isMatroskaCut, isRiffCut, isFlvCut, isOggCut, isMpegPsCut, isMpegTsCut, isMp3Cut, isAsfCut];

/** What a container's own structure tells of whether the file is all there; a format that does not tell counts as whole. */
export async function inspectCompleteness(file: RandomAccess): Promise<Completeness> {
  const iso = await readIsoMediaStructure(file);
  if (iso) return { isCut: iso.isCut, lacksIndex: !iso.hasIndex };
  for (const check of checks) {
    const isCut = await check(file);
    if (isCut !== null) return { isCut, lacksIndex: false };
  }
  return { isCut: false, lacksIndex: false };
}
