/**
 * The page with what stands between `<!-- MARKER -->` and `<!-- /MARKER -->` replaced.
 *
 * @throws Error where the markers are missing
 */
export function replacePart(page: string, marker: string, content: string): string {
  const [open, close] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`the page has no ${open} … ${close}`);
  return `${page.slice(0, from + open.length)}\n\n${content}\n\n${page.slice(to)}`;
}
