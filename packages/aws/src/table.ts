import { randomUUID } from "node:crypto";
import { DeleteItemCommand, type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Blobs } from "@glasswatch/core/ports/blobs";
import { ConflictError } from "@glasswatch/core/ports/errors";
import { rowJson } from "@glasswatch/core/ports/limits";
import type { Outgoing } from "@glasswatch/core/ports/outgoing";
import type { Row, RowKey, RowWrite, Table } from "@glasswatch/core/ports/table";
import { answerOf } from "./errors.ts";
import { referTo } from "./references.ts";
import { type Item, itemOf, rowOf } from "./table-item.ts";
import { openTablePages } from "./table-pages.ts";

/** An item holds 400 KB; keys and the value leave this for what the write causes. */
const mostOutboxBytes = 64_000;

export interface TableSettings {
  readonly tableName: string;
  /** Takes an outbox that is too large for its item. */
  readonly blobs: Blobs;
  /** Queues that an outbox may name. */
  readonly queueNames: ReadonlySet<string>;
  readonly now: () => Date;
}

/** Rows as items of one DynamoDB table; every write is one conditional PutItem. */
export function openTable(client: DynamoDBClient, settings: TableSettings): Table {
  const { tableName, now } = settings;

  async function itemAt(key: RowKey): Promise<Item | undefined> {
    const command = new GetItemCommand({ TableName: tableName, Key: keyOf(key), ConsistentRead: true });
    return (await answerOf(client.send(command))).Item;
  }

  async function outboxTextOf(outbox: readonly Outgoing[]): Promise<string | null> {
    if (outbox.length === 0) return null;
    for (const outgoing of outbox) {
      if ("queue" in outgoing && !settings.queueNames.has(outgoing.queue)) {
        throw new RangeError(`there is no queue "${outgoing.queue}"`);
      }
    }
    const text = JSON.stringify(outbox);
    if (Buffer.byteLength(text) <= mostOutboxBytes) return text;
    return JSON.stringify(await referTo(JSON.parse(text), settings.blobs));
  }

  return {
    async get(key) {
      const item = await itemAt(key);
      const row = item && rowOf(item);
      return row && !isExpired(row, now()) ? row : null;
    },
    async write(write) {
      const valueText = rowJson(write.value);
      const outboxText = await outboxTextOf(write.outbox ?? []);
      const writeId = randomUUID();
      const item = itemOf(write, { version: write.replaces + 1, writeId, valueText, outboxText });
      const command = new PutItemCommand({ TableName: tableName, Item: item, ...conditionOf(write, now()) });
      try {
        await answerOf(client.send(command));
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error;
        // The SDK tries again where an answer was lost: the row that is in the way may be its own.
        if ((await itemAt(write.key))?.["writeId"]?.S !== writeId) throw error;
      }
      return rowOf(item);
    },
    async remove(key, version) {
      const condition = conditionOf({ replaces: version }, now());
      await answerOf(client.send(new DeleteItemCommand({ TableName: tableName, Key: keyOf(key), ...condition })));
    },
    ...openTablePages(client, tableName, now),
  };
}

function keyOf({ partition, sort }: RowKey): Item {
  return { pk: { S: partition }, sk: { S: sort } };
}

/** DynamoDB deletes an expired item within days; until then it counts as absent. */
function conditionOf({ replaces }: Pick<RowWrite, "replaces">, now: Date) {
  const seconds = { ":now": { N: String(now.getTime() / 1000) } };
  if (replaces === 0) {
    return {
      ConditionExpression: "attribute_not_exists(pk) OR expiresAt <= :now",
      ExpressionAttributeValues: seconds,
    };
  }
  return {
    ConditionExpression: "#version = :version AND (attribute_not_exists(expiresAt) OR expiresAt > :now)",
    ExpressionAttributeNames: { "#version": "version" },
    ExpressionAttributeValues: { ...seconds, ":version": { N: String(replaces) } },
  };
}

function isExpired({ expiresAt }: Row, now: Date): boolean {
  return expiresAt !== undefined && expiresAt.getTime() <= now.getTime();
}
