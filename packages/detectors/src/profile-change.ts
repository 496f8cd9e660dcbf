import type { Profile } from "@glasswatch/core/profile";

/** One thing to be changed in a profile. */
export interface ProfileChange {
  /** Keys from the top of the profile, e.g. `detectors`, `loudness`, `options`, `targetLufs`. */
  readonly path: readonly [string, ...string[]];
  readonly value: unknown;
  /** The value becomes the last item of the list there, unless it is in it already. */
  readonly appends?: boolean;
  /** Why, for a comment beside it. */
  readonly note?: string;
}

/** The profile with the changes made. */
export function changedProfile(profile: Profile, changes: readonly ProfileChange[]): Profile {
  return changes.reduce<Profile>((changed, change) => changedAt(changed, change.path, change) as Profile, profile);
}

/** The same for the plain data of a profile's file, which need not mention what it does not change. */
export function changedAt(value: unknown, path: readonly string[], change: ProfileChange): unknown {
  const [key, ...rest] = path;
  if (key !== undefined) {
    const parent = typeof value === "object" && value !== null ? value : {};
    return { ...parent, [key]: changedAt(Reflect.get(parent, key), rest, change) };
  }
  if (!change.appends) return change.value;
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.some((item) => isSame(item, change.value)) ? list : [...list, change.value];
}

/** By content, whatever the order of keys. */
export function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSame(Reflect.get(a, key), Reflect.get(b, key)));
}
