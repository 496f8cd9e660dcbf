/** A text broken at words: every line indented, none longer than the width unless a word is. */
export function wrapped(text: string, { indent, width }: { readonly indent: number; readonly width: number }): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(" ".repeat(indent) + word);
  }
  return lines.join("\n");
}
