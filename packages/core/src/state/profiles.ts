import { z } from "zod";
import type { Page, PageRequest, RowKey, Table } from "../ports/table.ts";
import { profileSchema } from "../profile.ts";
import { openRows, type Stored } from "./rows.ts";

const namedProfileSchema = z.object({ name: z.string(), profile: profileSchema });

export type NamedProfile = z.infer<typeof namedProfileSchema>;

/** Profiles by name, as streams and scans refer to them. */
export interface Profiles {
  get(name: string): Promise<Stored<NamedProfile> | null>;
  /** @param replaces 0 for a new one @throws ConflictError where another version stands there */
  put(profile: NamedProfile, replaces: number): Promise<Stored<NamedProfile>>;
  remove(name: string, version: number): Promise<void>;
  list(page: PageRequest): Promise<Page<Stored<NamedProfile>>>;
}

export function openProfiles(table: Table): Profiles {
  const rows = openRows(table, namedProfileSchema, { listing: ({ name }) => ({ list: "profiles", order: name }) });

  return {
    get: (name) => rows.get(keyOf(name)),
    put: (value, replaces) => rows.put(keyOf(value.name), replaces, { value }),
    remove: (name, version) => rows.remove(keyOf(name), version),
    list: (page) => rows.list("profiles", page),
  };
}

function keyOf(name: string): RowKey {
  return { partition: `profile#${name}`, sort: "profile" };
}
