import type { Row } from "@glasswatch/core/ports/table";

/** A row as the database has it. */
export interface StoredRow {
  readonly partition: string;
  readonly sort: string;
  readonly version: number;
  readonly value: string;
  readonly list: string | null;
  readonly list_order: string | null;
  readonly expires_at: number | null;
}

export const storedColumns = "partition, sort, version, value, list, list_order, expires_at";

export function rowOf({ partition, sort, version, value, list, list_order, expires_at }: StoredRow): Row {
  return {
    key: { partition, sort },
    version,
    value: JSON.parse(value),
    ...(list !== null && list_order !== null && { listing: { list, order: list_order } }),
    ...(expires_at !== null && { expiresAt: new Date(expires_at * 1000) }),
  };
}
