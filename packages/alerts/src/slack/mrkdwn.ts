import type { Mrkdwn, PlainText } from "./blocks.ts";

/** "Formatting text for app surfaces": these three are all that has to be escaped, and with them `<!channel>` is but text. */
const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Others' words within mrkdwn: on one line, and without a meaning to Slack. */
export function escaped(text: string): string {
  return oneLine(text).replace(/[&<>]/g, (character) => entities[character] ?? "");
}

/** Control characters and those that turn the direction of text would let a name write over its surroundings. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
}

/** At most so many UTF-16 code units, as Slack counts; never half a character. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = "";
  for (const character of text) {
    if (kept.length + character.length > most - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Others' words of at most so many characters, escaped: an entity is never cut in two. Never empty. */
export function name(text: string, most = 80): string {
  return escaped(clipped(oneLine(text), most)) || "unnamed";
}

/** In bold. What would end the bold is left out. */
export function bold(text: string, most?: number): string {
  return `*${name(text.replaceAll("*", " "), most)}*`;
}

/** Just the text where there is no address. */
export function linkTo(url: string | null, text: string): string {
  return url === null ? name(text) : `<${escaped(new URL(url).href).replaceAll("|", "%7C")}|${name(text)}>`;
}

/** A time in the time zone of whoever reads it. */
export function timeOf(at: string, format = "{date_short_pretty} {time_secs}"): string {
  return `<!date^${Math.floor(Date.parse(at) / 1000)}^${format}|${at.slice(0, 19).replace("T", " ")} UTC>`;
}

/** Nothing in it becomes a link or a mention unless we wrote it so. */
export function mrkdwn(text: string): Mrkdwn {
  return { type: "mrkdwn", text, verbatim: true };
}

export function plain(text: string, most: number): PlainText {
  return { type: "plain_text", text: clipped(oneLine(text), most), emoji: false };
}

/** Lines for one section: as many as there is room for, and how many are left out. */
export function linesWithin(lines: readonly string[], most: number): string {
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    // Room for the last line below.
    if (length > most - 40) break;
    kept.push(line);
  }
  const left = lines.length - kept.length;
  return [...kept, ...(left > 0 ? [`… and ${left} more`] : [])].join("\n");
}
