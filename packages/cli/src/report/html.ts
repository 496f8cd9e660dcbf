/** Markup that is safe to write into a page: made by `html` only. */
export interface Html {
  readonly markup: string;
}

type Content = Html | string | number | null | undefined | false | readonly Content[];

/**
 * Markup from a template. Every value is escaped, for text and for quoted attributes alike, unless it is markup itself;
 * lists are joined; null, undefined and false are left out. Attributes must be written in double quotes.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  const markup = strings.reduce((before, string, index) => before + toMarkup(values[index - 1]) + string);
  return { markup };
}

function toMarkup(value: Content): string {
  if (value === null || value === undefined || value === false) return "";
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  return "markup" in value ? value.markup : value.map(toMarkup).join("");
}

/** The project's own files: style, script. */
export function trusted(markup: string): Html {
  return { markup };
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Control characters and lone surrogates cannot be shown; they become U+FFFD so that it is seen that they are there. */
const unprintable = /(?![\t\n\r])[\p{Cc}\p{Cs}]/gu;

function escapeHtml(text: string): string {
  return text.replace(unprintable, "\uFFFD").replace(/[&<>"']/g, (character) => entities[character] as string);
}

/** JSON for the inside of a `<script>`: it holds nothing that could end the element or a line of JavaScript. */
export function inlineJson(value: unknown): Html {
  const json = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return { markup: json };
}
