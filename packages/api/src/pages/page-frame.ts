import type { Context } from "hono";
import { html, raw } from "hono/html";
import type { ApiEnv } from "../api-env.ts";
import { pageStyle, pageStyleHash } from "./page-style.ts";

export type Markup = ReturnType<typeof html>;

export interface Page {
  readonly title: string;
  readonly body: Markup;
  /** Where clips are, beside here. */
  readonly mediaOrigin?: string | null;
}

/** A page that needs no script, and takes nothing from elsewhere but its clips. */
export async function answerPage(c: Context<ApiEnv>, status: 200 | 403 | 404 | 429 | 500 | 503, page: Page) {
  const { title, body, mediaOrigin = null } = page;
  c.header("content-security-policy", policyOf(mediaOrigin));
  return c.html(
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Glasswatch</title>
<link rel="icon" href="data:,">
<style>${raw(pageStyle)}</style>
</head>
<body>
${body}
</body>
</html>
`,
    status,
  );
}

/** A page of one sentence. */
export function answerSentence(
  c: Context<ApiEnv>,
  status: 403 | 404 | 429 | 500 | 503,
  { title, sentence }: { readonly title: string; readonly sentence: string },
) {
  return answerPage(c, status, {
    title,
    body: html`<main><section><h1>${title}</h1><p>${sentence}</p></section></main>`,
  });
}

function policyOf(mediaOrigin: string | null): string {
  return [
    "default-src 'none'",
    "img-src 'self' data:",
    `media-src 'self'${mediaOrigin === null ? "" : ` ${mediaOrigin}`}`,
    `style-src '${pageStyleHash}'`,
    ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ].join("; ");
}
