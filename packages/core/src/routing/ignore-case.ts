/**
 * A regular expression for a text in any case, character by character and without regard to a language, as Event
 * Ruler does it: ß of the pattern also matches SS, SS of the pattern never ß.
 */
export function inAnyCase(text: string): string {
  return [...text]
    .map((character) => {
      const lower = escaped(character.toLowerCase());
      const upper = escaped(character.toUpperCase());
      return lower === upper ? lower : `(?:${lower}|${upper})`;
    })
    .join("");
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
