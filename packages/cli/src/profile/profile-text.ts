import type { AnyDetector } from "@glasswatch/core/detector";
import type { Profile } from "@glasswatch/core/profile";
import { emptyProfile } from "@glasswatch/detectors/profile";
import type { ProfileChange } from "@glasswatch/detectors/profile-change";
import { profileOfText, readProfileText } from "../profile-file.ts";

import { editProfile } from "./edit-profile.ts";

/** A profile as it is written, and what it says. */
export interface ProfileText {
  /** As the user named its file; `profile` where there is none. */
  readonly name: string;
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
  if (name === undefined || text === undefined) {
    return { name: name ?? "profile", text: "", profile: emptyProfile, isNew: true };
  }
  return { name, text, profile: profileOfText(name, text, registry), isNew: false };
}

/**
 * Its text with changes made, and known to be a profile that can be read.
 *
 * @throws GlasswatchError with exit code 2 where it would not be
 */
export function changedText(
  { name, text }: ProfileText,
  changes: readonly ProfileChange[],
  registry: readonly AnyDetector[],
): string {
  const changed = editProfile(text, changes);
  profileOfText(name, changed, registry);
  return changed;
}
