/**
 * The number that a JSON literal stands for, where a double carries it without loss: 300, 300.0 and 3.0e2 are one
 * number, 1e400 and 0.1000000000000000055 are none. Those that are none equal only what is written in the same way,
 * and no range contains them. As Event Ruler has it (ComparableNumber).
 */
export function comparableNumber(literal: string): number | undefined {
  const value = Number(literal);
  const exact =
    Number.isFinite(value) && (String(value) === literal || canonical(String(value)) === canonical(literal));
  return exact ? value : undefined;
}

const literalPattern = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Sign, digits without zeros around them and the power of ten, so that equal decimals are equal texts. */
function canonical(literal: string): string {
  const [, sign = "", whole = "", fraction = "", power = "0"] = literalPattern.exec(literal) ?? [];
  const digits = whole + fraction;
  let start = 0;
  let end = digits.length;
  while (digits[start] === "0") start++;
  if (start === end) return "0";
  while (digits[end - 1] === "0") end--;
  return `${sign}${digits.slice(start, end)}e${Number(power) - fraction.length + digits.length - end}`;
}
