import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleIncident, samplePart } from "../../../../test/support/sample-incident.ts";
import { blockProblem } from "../../../../test/support/slack-blocks.ts";
import { incidentMessage } from "./incident-message.ts";
import { clipped, linkTo, name } from "./mrkdwn.ts";

const texts: readonly { readonly is: string; readonly text: string; readonly shown: string }[] = [
  {
    is: "mentions and links are words",
    text: "<!here> <@U1> <https://e.vil|x>",
    shown: "&lt;!here&gt; &lt;@U1&gt; &lt;https://e.vil|x&gt;",
  },
  { is: "an entity is what was typed", text: "R&amp;B", shown: "R&amp;amp;B" },
  { is: "lines are joined", text: "a\nb\u2028c\u0000d", shown: "a b c d" },
  { is: "the direction of text is not turned", text: "ok\u202eevil", shown: "ok evil" },
];

test("others' words have no meaning to Slack", () => {
  for (const { is, text, shown } of texts) expect(name(text), is).toBe(shown);
  expect(linkTo("https://a.example/x?a=1&b=|>", "a|b")).toBe("<https://a.example/x?a=1&amp;b=%7C%3E|a|b>");
  expect(clipped("😀😀😀", 4)).toBe("😀…");
});

const words = fc.string({ unit: "binary", maxLength: 4000 });
const hostile = fc.oneof(words, fc.constantFrom("<!channel>".repeat(300), "&".repeat(3000), "\n".repeat(10)));

test("whatever things are called, Slack takes the message", () => {
  const links = { incident: (number: number) => `https://glasswatch.example/i/${number}.${"s".repeat(22)}.g16` };
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 12 }), hostile, (ids, kind) => {
      const streamIds = [...new Set(ids)];
      const parts = streamIds.map((streamId, index) =>
        samplePart({ id: `f${index}`, streamId, kind: `${kind}${index % 3}` }),
      );
      const repairs = streamIds.map((action, index) => ({
        id: `r${index}`,
        action,
        status: "awaiting-approval" as const,
      }));
      const incident = sampleIncident({ streamId: streamIds[0] as string, streamIds, parts, repairs });
      const change = { at: incident.openedAt, what: "opened", by: { via: "system", name: "x" } } as const;
      const news = { incident, change, streams: [], findings: [], pictures: async () => [] };
      const { text, blocks } = incidentMessage(news, { links, titleOf: (each) => each, files: [] });
      expect(blockProblem(JSON.parse(JSON.stringify(blocks)), () => true)).toBeNull();
      expect(text).not.toMatch(/[<>]/);
    }),
    { numRuns: 60 },
  );
});
