import type { JsonObject } from "../json.ts";

/** Of a row's value as JSON in UTF-8. An item of DynamoDB holds 400 KB, its keys and its outbox included. */
export const rowLimitBytes = 300 * 1024;

/** Of a page, in rows. */
export const pageLimit = 1000;

/** @returns the value as JSON. @throws RangeError where it is too large for a row */
export function rowJson(value: JsonObject): string {
  const json = JSON.stringify(value);
  const bytes = Buffer.byteLength(json);
  if (bytes > rowLimitBytes) {
    throw new RangeError(`a row holds ${rowLimitBytes} bytes of JSON, and this value has ${bytes}: put it into a blob`);
  }
  return json;
}

/** @throws RangeError for a page of no size that there is */
export function checkPageLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= pageLimit) return;
  throw new RangeError(`a page has 1 to ${pageLimit} rows, not ${limit}`);
}
