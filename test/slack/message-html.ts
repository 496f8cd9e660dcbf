import type { FakeMessage } from "../support/fake-slack.ts";
import type { FakeBlock } from "../support/slack-blocks.ts";

export interface MessageLook {
  /** Pictures as `data:` addresses, by the ids of their files. */
  readonly pictures: ReadonlyMap<string, string>;
  /** Shown as the time of the message. */
  readonly at: Date;
}

/** A page with the message about as Slack shows it, thread included. */
export function messageHtml(message: FakeMessage, look: MessageLook): string {
  const { replies } = message;
  const thread = replies.map(
    ({ text }) => `<div class="reply">${post(`<div class="section">${markup(text)}</div>`, look)}</div>`,
  );
  const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><body>${post(
    message.blocks.map((block) => blockHtml(block, look)).join(""),
    look,
    message.edits > 0,
  )}${replies.length > 0 ? `<div class="thread"><div class="count">${count}</div>${thread.join("")}</div>` : ""}</body>`;
}

/** Drawn here, as not every machine has a font for them. */
const drawings: Readonly<Record<string, string>> = {
  "🔴": dot("#e01e5a"),
  "🟠": dot("#f2952b"),
  "🟡": dot("#f2c744"),
  "🔵": dot("#36a3eb"),
  "🟢": dot("#2eb67d"),
  "👀": drawing(
    '<g fill="#fff" stroke="#444"><ellipse cx="5" cy="8" rx="4" ry="6"/><ellipse cx="13" cy="8" rx="4" ry="6"/></g>' +
      '<circle cx="4" cy="9" r="2"/><circle cx="12" cy="9" r="2"/>',
  ),
  "🔧": drawing(
    '<path d="M3 14L9 8" stroke="#667" stroke-width="3"/><path d="M8 4a4 4 0 1 0 6 5l-3-1-1-3z" fill="#889"/>',
  ),
  "🌩": drawing(
    '<path d="M3 9a3 3 0 0 1 1-6 4 4 0 0 1 8 0 3 3 0 0 1 2 6z" fill="#9ab"/><path d="M9 8l-3 5h3l-2 4 5-6H9l2-3z" fill="#f2b02b"/>',
  ),
};

function dot(colour: string): string {
  return drawing(`<circle cx="9" cy="9" r="7" fill="${colour}"/>`);
}

function drawing(shapes: string): string {
  return `<svg class="emoji" viewBox="0 0 18 18">${shapes}</svg>`;
}

function drawn(html: string): string {
  return html.replace(/\p{Extended_Pictographic}/gu, (character) => drawings[character] ?? character);
}

function post(content: string, { at }: MessageLook, edited = false): string {
  const head = `<b>Glasswatch</b> <span class="app">APP</span> <span class="time">${at.toISOString().slice(11, 16)}</span>`;
  const note = edited ? `<span class="edited">(edited)</span>` : "";
  return `<div class="post"><div class="avatar">◉</div><div class="content"><div class="head">${head}</div>${drawn(content)}${note}</div></div>`;
}

function blockHtml(block: FakeBlock, { pictures }: MessageLook): string {
  const { type, text, elements = [] } = block;
  switch (type) {
    case "header":
      return `<h2>${escapeHtml(text?.text ?? "")}</h2>`;
    case "section":
      return `<div class="section">${markup(text?.text ?? "")}</div>`;
    case "image": {
      const source = pictures.get(block.slack_file?.id ?? "") ?? "";
      return `<figure><figcaption>${escapeHtml(block.title?.text ?? "")}</figcaption><img src="${source}" alt=""></figure>`;
    }
    case "actions":
      return `<div class="actions">${elements
        .map(
          ({ text: label, style: look = "" }) =>
            `<span class="button ${look}">${typeof label === "object" ? escapeHtml(label.text) : ""}</span>`,
        )
        .join("")}</div>`;
    case "context":
      return `<div class="context">${elements.map(({ text: words }) => markup(typeof words === "string" ? words : "")).join(" ")}</div>`;
    case "divider":
      return "<hr>";
  }
}

/** Slack's mrkdwn, as far as our messages use it. The text is escaped already. */
function markup(text: string): string {
  return text
    .replace(/<!date\^(\d+)\^([^|>]+)\|[^>]+>/g, (_, seconds: string, format: string) =>
      dateText(Number(seconds), format),
    )
    .replace(/<(https?:[^|>]+)\|([^>]+)>/g, '<a href="$1">$2</a>')
    .replace(/\*([^*\n]+)\*/g, "<b>$1</b>")
    .replaceAll("\n", "<br>");
}

function dateText(seconds: number, format: string): string {
  const at = new Date(seconds * 1000).toISOString();
  const day = new Date(seconds * 1000).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
  return format
    .replace("{date_short_pretty}", day)
    .replace("{time_secs}", at.slice(11, 19))
    .replace("{time}", at.slice(11, 16));
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

const style = `
  body { margin: 0; padding: 16px 20px; width: 640px; background: #fff; color: #1d1c1d;
    font: 15px/1.46 Lato, "Noto Sans", "DejaVu Sans", sans-serif; }
  .post { display: flex; gap: 10px; }
  .avatar { flex: none; width: 36px; height: 36px; border-radius: 6px; background: #17324d; color: #7fd4ff;
    font-size: 24px; line-height: 36px; text-align: center; }
  .content { flex: 1; min-width: 0; }
  .app { font-size: 10px; font-weight: 700; background: #e8e8e8; color: #616061; border-radius: 2px; padding: 1px 4px; }
  .time, .context, .edited { font-size: 12px; color: #616061; }
  h2 { font-size: 18px; line-height: 1.33; margin: 4px 0; }
  .section { margin: 4px 0 8px; overflow-wrap: anywhere; }
  a { color: #1264a3; text-decoration: none; }
  figure { margin: 4px 8px 8px 0; display: inline-block; }
  figcaption { font-size: 12px; color: #616061; }
  img { width: 272px; border-radius: 6px; display: block; }
  .emoji { width: 1.1em; height: 1.1em; vertical-align: -0.18em; }
  .actions { margin: 6px 0; display: flex; flex-wrap: wrap; gap: 8px; }
  .button { border: 1px solid #bbb; border-radius: 6px; padding: 4px 12px; font-weight: 700; font-size: 14px; }
  .button.primary { background: #007a5a; border-color: #007a5a; color: #fff; }
  .button.danger { border-color: #e01e5a; color: #e01e5a; }
  .thread { margin: 8px 0 0 46px; border-left: 3px solid #ddd; padding-left: 12px; }
  .thread .avatar { width: 24px; height: 24px; font-size: 16px; line-height: 24px; }
  .count { font-size: 13px; font-weight: 700; color: #1264a3; margin-bottom: 6px; }
  .reply { margin-bottom: 6px; }
`;
