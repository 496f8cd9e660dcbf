/**
 * A JSON document with what `JSON.parse` loses and Event Ruler matches by: how a number was written, and names that an
 * object has twice.
 */
export type JsonTree = JsonBranch | JsonLeaf;

export type JsonBranch =
  | { readonly kind: "object"; readonly members: readonly (readonly [name: string, value: JsonTree])[] }
  | { readonly kind: "array"; readonly items: readonly JsonTree[] };

export type JsonLeaf =
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "number"; readonly literal: string }
  | { readonly kind: "word"; readonly literal: "true" | "false" | "null" };

/** Makes the error for a document that cannot be read; what it is told is wrong follows the document's name. */
export type Refuse = (problem: string) => Error;

/** As deep as the JSON parser under Event Ruler goes (Jackson, StreamReadConstraints). */
const deepestNesting = 1000;

const nullLeaf: JsonLeaf = { kind: "word", literal: "null" };

/** The tree of a value in memory, as JSON would carry it: members that JSON leaves out are left out. */
export function treeOfValue(value: unknown, refuse: Refuse): JsonTree {
  return branchOrLeaf(value, refuse, 0) ?? nullLeaf;
}

/** The tree of a JSON text. */
export function treeOfText(text: string, refuse: Refuse): JsonTree {
  try {
    JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refuse(`is not JSON: ${reason.replace(/\p{Cc}+/gu, " ")}`);
  }
  return readTree(tokensOf(text), refuse);
}

/** Branches are walked when they are asked for, so that of an event no more is looked at than a pattern names. */
function branchOrLeaf(value: unknown, refuse: Refuse, depth: number): JsonTree | undefined {
  if (typeof value !== "object" || value === null) return leafOf(value);
  if (depth > deepestNesting) throw refuse(`is nested deeper than ${deepestNesting} levels`);
  const below = (inner: unknown) => branchOrLeaf(inner, refuse, depth + 1);
  if (Array.isArray(value)) {
    return {
      kind: "array",
      get items() {
        return value.map((item) => below(item) ?? nullLeaf);
      },
    };
  }
  return {
    kind: "object",
    get members() {
      return Object.entries(value).flatMap(([name, member]) => {
        const tree = below(member);
        return tree === undefined ? [] : [[name, tree] as const];
      });
    },
  };
}

function leafOf(value: unknown): JsonLeaf | undefined {
  if (typeof value === "string") return { kind: "string", text: value };
  if (typeof value === "boolean") return { kind: "word", literal: value ? "true" : "false" };
  if (typeof value === "bigint" || Number.isFinite(value)) return { kind: "number", literal: String(value) };
  return typeof value === "number" || value === null ? nullLeaf : undefined;
}

/** Of a text that is known to be JSON, so what it must not contain is not looked for. */
function* tokensOf(text: string): Generator<string, string> {
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]|[^\s{}[\],:"]+/g)) yield token;
  return "";
}

function readTree(tokens: Iterator<string, string>, refuse: Refuse): JsonTree {
  const read = (token: string, depth: number): JsonTree => {
    if (depth > deepestNesting) throw refuse(`is nested deeper than ${deepestNesting} levels`);
    if (token === "{") {
      const members: [string, JsonTree][] = [];
      for (let name = next(); name !== "}"; name = next()) {
        members.push([JSON.parse(name), read(next(), depth + 1)]);
      }
      return { kind: "object", members };
    }
    if (token === "[") {
      const items: JsonTree[] = [];
      for (let item = next(); item !== "]"; item = next()) items.push(read(item, depth + 1));
      return { kind: "array", items };
    }
    if (token.startsWith('"')) return { kind: "string", text: JSON.parse(token) };
    if (token === "true" || token === "false" || token === "null") return { kind: "word", literal: token };
    return { kind: "number", literal: token };
  };
  const next = () => tokens.next().value;
  return read(next(), 0);
}
