import { type CallTree, totalOf } from "./call-tree.ts";

const widthPixels = 1200;
const rowPixels = 18;
const headPixels = 30;
/** Narrower boxes are left out, and so is text that does not fit. */
const leastPixels = 1;
const characterPixels = 6.6;

/** Warm and light, so that black text can be read on all of them. */
const colours = ["#f6b26b", "#ffd966", "#f9cb9c", "#e6b8af", "#ffe599", "#f4cccc"];

/** Width is share of the time, callers are above what they called; hover for names and shares. */
export function flameGraph(title: string, tree: CallTree): string {
  const whole = totalOf(tree);
  const boxes: string[] = [];
  let deepest = 0;

  function draw(node: CallTree, left: number, depth: number): void {
    const total = totalOf(node);
    const width = (total / whole) * widthPixels;
    if (width < leastPixels) return;
    deepest = Math.max(deepest, depth);
    boxes.push(box(node, { left, width, top: headPixels + depth * rowPixels, share: total / whole }));
    let childLeft = left;
    for (const child of merged(node.children)) {
      draw(child, childLeft, depth + 1);
      childLeft += (totalOf(child) / whole) * widthPixels;
    }
  }

  draw(tree, 0, 0);
  const height = headPixels + (deepest + 1) * rowPixels;
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${widthPixels} ${height}" width="${widthPixels}" height="${height}" font-family="monospace" font-size="11">`;
  const heading = `<title>${escaped(title)}</title><rect width="100%" height="100%" fill="#fff"/><text x="6" y="19" font-size="14">${escaped(title)}</text>`;
  return `${[open, heading, ...boxes, "</svg>"].join("\n")}\n`;
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly share: number;
}

function box({ name, place }: CallTree, { left, top, width, share }: Place): string {
  const label = name.slice(0, Math.max(0, Math.floor((width - 6) / characterPixels)));
  const text = label.length > 2 ? `<text x="${fixed(left + 3)}" y="${top + 13}">${escaped(label)}</text>` : "";
  const hint = `<title>${escaped(`${name} ${place}`.trim())}: ${(100 * share).toFixed(1)} %</title>`;
  const fill = colours[[...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % colours.length];
  return `<g>${hint}<rect x="${fixed(left)}" y="${top}" width="${fixed(width)}" height="${rowPixels - 1}" fill="${fill}"/>${text}</g>`;
}

/** Calls of one function from the same place are one box; the widest first. */
function merged(children: readonly CallTree[]): readonly CallTree[] {
  const byName = Map.groupBy(children, ({ name, place }) => `${name} ${place}`);
  return [...byName.values()]
    .flatMap((same) => {
      const [first] = same;
      if (!first) return [];
      const own = same.reduce((sum, each) => sum + each.own, 0);
      return [{ ...first, own, children: same.flatMap((each) => each.children) }];
    })
    .toSorted((a, b) => totalOf(b) - totalOf(a));
}

function fixed(pixels: number): string {
  return pixels.toFixed(1);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
