import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Row, RowWrite } from "@glasswatch/core/ports/table";

export type Item = Record<string, AttributeValue>;

export interface Written {
  readonly version: number;
  /** Of one call of `write`, so that a call whose answer was lost knows its own row. */
  readonly writeId: string;
  readonly valueText: string;
  readonly outboxText: string | null;
}

/**
 * The value is kept as JSON text, whose size is known beforehand. What leaves with the write is an attribute of the item
 * itself: the table's stream of new images is the outbox, and the next write of the row does not carry it any more.
 */
export function itemOf({ key, listing, expiresAt }: RowWrite, written: Written): Item {
  return {
    pk: { S: key.partition },
    sk: { S: key.sort },
    version: { N: String(written.version) },
    writeId: { S: written.writeId },
    value: { S: written.valueText },
    ...(listing && { list: { S: listing.list }, order: { S: listing.order } }),
    ...(expiresAt && { expiresAt: { N: String(secondsOf(expiresAt)) } }),
    ...(written.outboxText !== null && { outbox: { S: written.outboxText } }),
  };
}

export function rowOf(item: Item): Row {
  const list = item["list"]?.S;
  const order = item["order"]?.S;
  const expiresAt = item["expiresAt"]?.N;
  return {
    key: { partition: item["pk"]?.S ?? "", sort: item["sk"]?.S ?? "" },
    version: Number(item["version"]?.N),
    value: JSON.parse(item["value"]?.S ?? ""),
    ...(list !== undefined && order !== undefined && { listing: { list, order } }),
    ...(expiresAt !== undefined && { expiresAt: new Date(Number(expiresAt) * 1000) }),
  };
}

function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
