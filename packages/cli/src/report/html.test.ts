import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { html, inlineJson } from "./html.ts";

/** Lone surrogates and control characters included. */
const anyText = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });

describe("html", () => {
  test("escapes values, keeps markup, joins lists, leaves out nothings", () => {
    const inner = html`<b title="${'"x"'}">${"<&>"}</b>`;
    expect(html`<p>${[inner, 1, null, undefined, false, " '"]}</p>`.markup).toBe(
      '<p><b title="&quot;x&quot;">&lt;&amp;&gt;</b>1 &#39;</p>',
    );
  });

  test("no text can leave the place it is written to", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(html`${text}`.markup).not.toMatch(/[<>"'\0]/);
      }),
    );
  });

  test("shows what cannot be shown as U+FFFD", () => {
    expect(html`${"a\u0000b\uD800c\nd"}`.markup).toBe("a\uFFFDb\uFFFDc\nd");
  });
});

describe("inlineJson", () => {
  test("means what was written and holds nothing that ends a script or a line", () => {
    const nasty = fc.constantFrom("</script>", "<!--", "\u2028", "\u2029", "]]>", "&lt;");
    fc.assert(
      fc.property(fc.array(fc.oneof(nasty, anyText)), (texts) => {
        const { markup } = inlineJson(texts);
        expect(JSON.parse(markup)).toEqual(texts);
        expect(markup).not.toMatch(/[<>\u2028\u2029]/);
      }),
    );
  });
});
