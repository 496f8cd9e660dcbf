import { changedAt, isSame, type ProfileChange } from "@glasswatch/detectors/profile-change";
import { type Document, isCollection, isScalar, isSeq, parseDocument } from "yaml";

/**
 * The text of a profile with changes made, everything else left as it was, comments too. JSON stays JSON, without notes.
 * What is so already is not written again, so that the same changes made twice change nothing.
 *
 * @param text a profile that was read without a problem; empty for a new one
 */
export function editProfile(text: string, changes: readonly ProfileChange[]): string {
  if (changes.length === 0) return text;
  const json = parsedJson(text);
  if (json !== undefined) {
    const changed = changes.reduce<unknown>((value, change) => changedAt(value, change.path, change), json);
    return isSame(changed, json) ? text : `${JSON.stringify(changed, null, indentOf(text))}\n`;
  }
  const document = parseDocument(text, { version: "1.2", schema: "core" });
  const pending = changes.filter((change) => !isMade(document, change));
  if (pending.length === 0) return text;
  for (const change of pending) make(document, change);
  const written = document.toString({ lineWidth: 0, indent: indentOf(text), indentSeq: !/:[^\S\n]*\n- /.test(text) });
  return text.includes("\r\n") ? written.replace(/\r?\n/g, "\r\n") : written;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** As the text has it already. */
function indentOf(text: string): number {
  return /^( +)[^\s#-]/m.exec(text)?.[1]?.length ?? 2;
}

function isMade(document: Document, { path, value, appends }: ProfileChange): boolean {
  const node = document.getIn(path, true);
  const present: unknown = isCollection(node) || isScalar(node) ? node.toJS(document) : undefined;
  return appends ? Array.isArray(present) && present.some((item) => isSame(item, value)) : isSame(present, value);
}

function make(document: Document, { path, value, appends, note }: ProfileChange): void {
  openWay(document, path);
  if (appends) {
    const item = document.createNode(value, { flow: true });
    if (note !== undefined) item.comment = ` ${note}`;
    const list = document.getIn(path, true);
    if (isSeq(list)) list.add(item);
    else document.setIn(path, document.createNode([item]));
    return;
  }
  const known = document.getIn(path, true);
  const scalar = document.createNode(value);
  if (isScalar(known) && known.comment) scalar.comment = known.comment;
  if (note !== undefined && !isInline(document, path) && (!scalar.comment || isOwnNote(scalar.comment)))
    scalar.comment = ` ${note}`;
  document.setIn(path, scalar);
}

/** `detectors:` without a value is an empty mapping to people, and nothing can be set in it. */
function openWay(document: Document, path: readonly string[]): void {
  for (let length = 0; length < path.length; length++) {
    const way = path.slice(0, length);
    const node = length === 0 ? document.contents : document.getIn(way, true);
    if (node === undefined || (isScalar(node) && node.value === null)) {
      if (length > 0) document.setIn(way, document.createNode({}));
      else document.contents = document.createNode({});
    }
  }
}

/** A comment would tear apart what is written on one line. */
function isInline(document: Document, path: readonly string[]): boolean {
  const parent = document.getIn(path.slice(0, -1), true);
  return isCollection(parent) && parent.flow === true;
}

/** What an earlier edit wrote beside a value, which a later one replaces; what a person wrote stays. */
function isOwnNote(comment: string): boolean {
  return /^ (?:was |learned from )/.test(comment);
}
