type TextTest = (text: string) => boolean;

/**
 * Matches texts against a pattern in which `*` stands for any characters, none included. `\*` and `\\` are the
 * characters themselves.
 *
 * @returns what is wrong with the pattern, where it has stars in a row or escapes anything else
 */
export function wildcard(pattern: string): TextTest | { readonly problem: string } {
  const pieces = [""];
  for (const [token] of pattern.matchAll(/\\[\s\S]?|\*+|[^\\*]+/g)) {
    const last = pieces.length - 1;
    if (token === "*") pieces.push("");
    else if (token.startsWith("*")) return { problem: "two wildcards in a row match no more than one: write one *" };
    else if (!token.startsWith("\\")) pieces[last] += token;
    else if (token === "\\*" || token === "\\\\") pieces[last] += token.slice(1);
    else return { problem: "a backslash may only stand before * or another backslash" };
  }
  return piecesInOrder(pieces);
}

/** The leftmost place of each piece leaves the most room for the next, so nothing is ever tried twice. */
function piecesInOrder(pieces: readonly string[]): TextTest {
  const first = pieces[0] ?? "";
  if (pieces.length === 1) return (text) => text === first;
  const last = pieces[pieces.length - 1] ?? "";
  const between = pieces.slice(1, -1);
  return (text) => {
    const end = text.length - last.length;
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let from = first.length;
    for (const piece of between) {
      const place = text.indexOf(piece, from);
      if (place === -1) return false;
      from = place + piece.length;
    }
    return from <= end;
  };
}
