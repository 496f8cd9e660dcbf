/** JSON of a value in characters that SQS accepts: it refuses U+FFFE and U+FFFF, and JSON has an escape for each. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(/[\uFFFE\uFFFF]/g, (text) => `\\u${text.charCodeAt(0).toString(16)}`);
}
