interface FakeText {
  readonly type: "mrkdwn" | "plain_text";
  readonly text: string;
}

interface FakeElement {
  readonly type: string;
  readonly action_id?: string;
  readonly value?: string;
  readonly style?: "primary" | "danger";
  /** Of a button an object, of a text of a context block the text itself. */
  readonly text?: FakeText | string;
}

/** A block of Slack's Block Kit, of the types that our messages are made of. */
export interface FakeBlock {
  readonly type: "header" | "section" | "image" | "actions" | "context" | "divider";
  readonly text?: FakeText;
  readonly elements?: readonly FakeElement[];
  readonly slack_file?: { readonly id: string };
  readonly alt_text?: string;
  readonly title?: FakeText;
}

/** Block Kit's documented limits; that of all text together is what others measured (slackapi/bolt-js#2509). */
const limits = {
  blocks: 50,
  header: 150,
  section: 3000,
  altText: 2000,
  elements: 25,
  context: 10,
  button: 75,
  value: 2000,
};
const allText = 13_200;

/** What is wrong with a message's blocks in Slack's eyes; null where nothing is. */
export function blockProblem(blocks: readonly FakeBlock[], isFile: (id: string) => boolean): string | null {
  if (blocks.length > limits.blocks) return "no more than 50 items allowed";
  if (JSON.stringify(blocks).length > allText) return "too long";
  return blocks.map((block) => problemOf(block, isFile)).find((problem) => problem !== null) ?? null;
}

function problemOf({ type, text, elements = [], ...block }: FakeBlock, isFile: (id: string) => boolean): string | null {
  switch (type) {
    case "header":
      return text?.type === "plain_text" ? textProblem(text, limits.header) : "a header is plain_text";
    case "section":
      return text ? textProblem(text, limits.section) : "a section has text";
    case "image":
      if (!block.slack_file || !isFile(block.slack_file.id)) return "invalid slack file";
      return block.alt_text && block.alt_text.length <= limits.altText ? null : "alt_text";
    case "actions":
      if (elements.length === 0 || elements.length > limits.elements) return "1 to 25 elements";
      return elements.map(buttonProblem).find((problem) => problem !== null) ?? duplicateAction(elements);
    case "context":
      return elements.length > 0 && elements.length <= limits.context ? null : "1 to 10 elements";
    case "divider":
      return null;
    default:
      return `unknown type ${type}`;
  }
}

function textProblem({ type, text }: FakeText, most: number): string | null {
  if (text.length === 0 || text.length > most) return `a text has 1 to ${most} characters`;
  return type === "mrkdwn" ? markupProblem(text) : null;
}

/** Only what our messages write on purpose may stand between angle brackets. */
function markupProblem(text: string): string | null {
  const left = text
    .replace(/<!date\^\d+\^[^|<>]+\|[^<>]+>/g, "")
    .replace(/<https?:\/\/[^|<>\s]+\|[^<>]+>/g, "")
    .replace(/&(amp|lt|gt);/g, "");
  return /[<>&]/.test(left) ? `markup that nobody meant: ${left.match(/.{0,20}[<>&].{0,20}/)?.[0]}` : null;
}

function buttonProblem({ type, action_id: id, value = "", text }: FakeElement): string | null {
  if (type !== "button" || !id || typeof text !== "object") return "a button has an action_id and a text";
  return value.length > limits.value ? "value" : textProblem(text, limits.button);
}

function duplicateAction(elements: readonly FakeElement[]): string | null {
  return new Set(elements.map(({ action_id }) => action_id)).size === elements.length
    ? null
    : "action_id is not unique";
}
