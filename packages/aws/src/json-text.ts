/** What SQS may refuse: U+FFFE and U+FFFF, and, as its message of error has it, halves of surrogate pairs. */
const unsafe = /[\uD800-\uDFFF\uFFFE\uFFFF]/g;

/** JSON of a value, with escapes for what a message may not hold. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(unsafe, (text) => `\\u${text.charCodeAt(0).toString(16)}`);
}
