import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from "@aws-sdk/client-dynamodb";
import { readCursor, writeCursor } from "@glasswatch/core/ports/cursor";
import { InvalidCursorError } from "@glasswatch/core/ports/errors";
import { checkPageLimit } from "@glasswatch/core/ports/limits";
import type { Page, Row, RowQuery, Table } from "@glasswatch/core/ports/table";
import { answerOf } from "./errors.ts";
import { type Item, rowOf } from "./table-item.ts";

/** What is read: a partition of the table, or a list of its index. */
interface Source {
  readonly ownedBy: string;
  readonly owner: string;
  readonly orderedBy: string;
  /** Attributes that say where a page ended. */
  readonly position: readonly string[];
  readonly input: Partial<QueryCommandInput>;
}

/** Rows page by page, the expired ones left out. */
export function openTablePages(
  client: DynamoDBClient,
  tableName: string,
  now: () => Date,
): Pick<Table, "query" | "list"> {
  async function pageOf(source: Source, query: RowQuery): Promise<Page<Row>> {
    const { after, limit, descending = false } = query;
    checkPageLimit(limit);
    const startKey = after === undefined ? undefined : startKeyOf(source, after);
    // DynamoDB compares no key with the empty text; nothing is smaller than that.
    if (query.below === "") return { items: [], next: null };
    const range = rangeOf(query);
    const command = new QueryCommand({
      ...source.input,
      TableName: tableName,
      KeyConditionExpression: `#owner = :owner${range ? ` AND ${range.expression}` : ""}`,
      FilterExpression: "attribute_not_exists(expiresAt) OR expiresAt > :now",
      ExpressionAttributeNames: { "#owner": source.ownedBy, ...(range && { "#order": source.orderedBy }) },
      ExpressionAttributeValues: {
        ":owner": { S: source.owner },
        ":now": { N: String(now().getTime() / 1000) },
        ...(range && { ":bound": { S: range.bound } }),
      },
      Limit: limit,
      ScanIndexForward: !descending,
      ...(startKey && { ExclusiveStartKey: startKey }),
    });
    const { Items = [], LastEvaluatedKey } = await answerOf(client.send(command).catch(cursorProblem(after)));
    return { items: Items.map(rowOf), next: LastEvaluatedKey ? cursorOf(source, LastEvaluatedKey) : null };
  }

  return {
    query(partition, query) {
      const keys = { ownedBy: "pk", orderedBy: "sk", position: ["sk"] };
      return pageOf({ ...keys, owner: partition, input: { ConsistentRead: true } }, query);
    },
    list(list, query) {
      const keys = { ownedBy: "list", orderedBy: "order", position: ["order", "pk", "sk"] };
      return pageOf({ ...keys, owner: list, input: { IndexName: "listing" } }, query);
    },
  };
}

function cursorOf({ ownedBy, owner, position }: Source, lastKey: Item): string {
  return writeCursor(
    [ownedBy, owner],
    position.map((name) => lastKey[name]?.S ?? ""),
  );
}

function startKeyOf({ ownedBy, owner, position }: Source, cursor: string): Item {
  const texts = readCursor([ownedBy, owner], cursor);
  const entries = position.map((name, index) => [name, { S: texts[index] ?? "" }] as const);
  return { [ownedBy]: { S: owner }, ...Object.fromEntries(entries) };
}

/** The condition on the order; null where all of it is meant. */
function rangeOf({ prefix, below, above }: RowQuery): { readonly expression: string; readonly bound: string } | null {
  if (prefix) return { expression: "begins_with(#order, :bound)", bound: prefix };
  if (below) return { expression: "#order < :bound", bound: below };
  if (above) return { expression: "#order > :bound", bound: above };
  return null;
}

/** The cursor of a page that was asked for under another condition may lie outside of this one. */
function cursorProblem(after: string | undefined) {
  return (error: unknown): never => {
    const isRefused = error instanceof Error && error.name === "ValidationException" && after !== undefined;
    throw isRefused ? new InvalidCursorError("no page of this condition ended there", { cause: error }) : error;
  };
}
