import type { AnyDetector } from "@glasswatch/core/detector";
import type { Profile } from "@glasswatch/core/profile";
import { emptyProfile } from "@glasswatch/detectors/profile";
import { profileOfText, readProfileText } from "../profile-file.ts";

/** A profile as it is written, and what it says. */
export interface ProfileText {
  readonly text: string;
  readonly profile: Profile;
  /** The file is not there yet. */
  readonly isNew: boolean;
}

/**
 * The profile in a file that is to be changed; one that says nothing where there is no such file yet.
 *
 * @throws GlasswatchError with exit code 2 for a file that is no profile
 */
export async function profileToChange(
  name: string | undefined,
  cwd: string,
  registry: readonly AnyDetector[],
): Promise<ProfileText> {
  const text = name === undefined ? undefined : await readProfileText(name, cwd);
  if (name === undefined || text === undefined) return { text: "", profile: emptyProfile, isNew: true };
  return { text, profile: profileOfText(name, text, registry), isNew: false };
}
