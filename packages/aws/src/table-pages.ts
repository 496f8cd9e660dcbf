import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from "@aws-sdk/client-dynamodb";
import { InvalidCursorError } from "@glasswatch/core/ports/errors";
import type { Page, Row, RowQuery, Table } from "@glasswatch/core/ports/table";
import { answerOf } from "./errors.ts";
import { cursorOf, startKeyOf } from "./table-cursor.ts";
import { rowOf } from "./table-item.ts";

/** What is read: a partition of the table, or a list of its index. */
interface Source {
  readonly owner: { readonly name: "pk" | "list"; readonly value: string };
  readonly orderedBy: "sk" | "order";
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
    const range = rangeOf(query);
    // Of a key DynamoDB compares with no empty text, and nothing is smaller than that.
    if (query.below === "") return { items: [], next: null };
    const command = new QueryCommand({
      ...source.input,
      TableName: tableName,
      KeyConditionExpression: `#owner = :owner${range ? ` AND ${range.expression}` : ""}`,
      FilterExpression: "attribute_not_exists(expiresAt) OR expiresAt > :now",
      ExpressionAttributeNames: { "#owner": source.owner.name, ...(range && { "#order": source.orderedBy }) },
      ExpressionAttributeValues: {
        ":owner": { S: source.owner.value },
        ":now": { N: String(now().getTime() / 1000) },
        ...(range && { ":bound": { S: range.bound } }),
      },
      Limit: limit,
      ScanIndexForward: !descending,
      ...(after !== undefined && { ExclusiveStartKey: startKeyOf(after, source.owner) }),
    });
    const { Items = [], LastEvaluatedKey } = await answerOf(client.send(command).catch(cursorProblem(after)));
    return { items: Items.map(rowOf), next: LastEvaluatedKey ? cursorOf(LastEvaluatedKey) : null };
  }

  return {
    query: (partition, query) =>
      pageOf({ owner: { name: "pk", value: partition }, orderedBy: "sk", input: { ConsistentRead: true } }, query),
    list: (list, query) =>
      pageOf({ owner: { name: "list", value: list }, orderedBy: "order", input: { IndexName: "listing" } }, query),
  };
}

/** The condition on the order; null where all of it is meant. */
function rangeOf({ prefix, below, above }: RowQuery): { readonly expression: string; readonly bound: string } | null {
  if (prefix) return { expression: "begins_with(#order, :bound)", bound: prefix };
  if (below) return { expression: "#order < :bound", bound: below };
  if (above) return { expression: "#order > :bound", bound: above };
  return null;
}

/** A key of the right form may still lie outside of what is read. */
function cursorProblem(after: string | undefined) {
  return (error: unknown): never => {
    const isRefused = error instanceof Error && error.name === "ValidationException" && after !== undefined;
    throw isRefused ? new InvalidCursorError("the cursor is none that a page gave", { cause: error }) : error;
  };
}
