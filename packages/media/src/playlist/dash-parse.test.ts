import { GlasswatchError } from "@glasswatch/core/errors";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDash } from "./dash-parse.ts";

const base = "https://cdn.example/show/manifest.mpd";

function mpd(periods: string, attributes = 'type="static" mediaPresentationDuration="PT20S"'): string {
  return `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" ${attributes}>${periods}</MPD>`;
}

const template =
  '<SegmentTemplate timescale="1000" duration="4000" initialization="$RepresentationID$.mp4" media="$RepresentationID$-$Number$.m4s"/>';

function adaptation(kind: string, ids: readonly (readonly [string, number])[], extra = "", inner = template): string {
  const representations = ids
    .map(([id, bandwidth]) => `<Representation id="${id}" bandwidth="${bandwidth}"/>`)
    .join("");
  return `<AdaptationSet mimeType="${kind}/mp4" ${extra}>${inner}${representations}</AdaptationSet>`;
}

describe("static manifests", () => {
  test("the best picture first, then every language", () => {
    const text = mpd(
      `<Period>${adaptation("audio", [["de", 1]], 'lang="de"')}${adaptation(
        "audio",
        [
          ["en", 1],
          ["enhi", 2],
        ],
        'lang="en"',
      )}
       ${adaptation("video", [
         ["lo", 100],
         ["hi", 900],
         ["mid", 500],
       ])}${adaptation("text", [["sub", 1]])}</Period>`,
    );
    const { durationSeconds, renditions } = parseDash(base, text);
    expect(durationSeconds).toBe(20);
    expect(renditions.map(({ language, segments }) => [language, segments[0]?.url, segments.length])).toEqual([
      [undefined, "https://cdn.example/show/hi-1.m4s", 5],
      ["de", "https://cdn.example/show/de-1.m4s", 5],
      ["en", "https://cdn.example/show/enhi-1.m4s", 5],
    ]);
    expect(renditions[0]?.segments[1]).toMatchObject({
      startSeconds: 4,
      durationSeconds: 4,
      init: { url: "https://cdn.example/show/hi.mp4" },
    });
  });

  test("each period is a timeline of its own, as long as it is", () => {
    const late = template.replace("<SegmentTemplate", '<SegmentTemplate presentationTimeOffset="3000"');
    const text = mpd(
      `<Period id="1" duration="PT8S">${adaptation("video", [["a", 1]])}</Period>
       <Period id="2" start="PT8S">${adaptation("video", [["b", 1]], "", late)}</Period>`,
    );
    const segments = parseDash(base, text).renditions[0]?.segments ?? [];
    expect(
      segments.map(({ url, timeline, clockOffsetSeconds }) => [url.slice(25), timeline, clockOffsetSeconds]),
    ).toEqual([
      ["a-1.m4s", 0, 0],
      ["a-2.m4s", 0, 0],
      ["b-1.m4s", 1, 5],
      ["b-2.m4s", 1, 5],
      ["b-3.m4s", 1, 5],
    ]);
  });

  test("timelines with repeats", () => {
    const inner =
      '<SegmentTemplate timescale="10" media="$Time$.m4s" initialization="i.mp4"><SegmentTimeline><S t="0" d="40" r="3"/><S d="20" r="1"/></SegmentTimeline></SegmentTemplate>';
    const { segments } =
      parseDash(base, mpd(`<Period>${adaptation("video", [["v", 1]], "", inner)}</Period>`)).renditions[0] ?? {};
    expect(segments?.map(({ startSeconds }) => startSeconds)).toEqual([0, 4, 8, 12, 16, 18]);
  });

  test("one file with an index is read whole", () => {
    const single =
      '<AdaptationSet mimeType="video/mp4"><Representation id="v" bandwidth="1"><BaseURL>v.mp4</BaseURL><SegmentBase indexRange="800-900"><Initialization range="0-799"/></SegmentBase></Representation></AdaptationSet>';
    const { segments } = parseDash(base, mpd(`<Period>${single}</Period>`)).renditions[0] ?? {};
    expect(segments).toMatchObject([{ url: "https://cdn.example/show/v.mp4", startSeconds: 0, durationSeconds: 20 }]);
    expect(segments?.[0]).not.toHaveProperty("init");
    expect(segments?.[0]).not.toHaveProperty("range");
  });

  test("a last segment that rounding made up may be missing", () => {
    const odd = template.replace("4000", "3999");
    const { segments } =
      parseDash(base, mpd(`<Period>${adaptation("audio", [["a", 1]], "", odd)}</Period>`)).renditions[0] ?? {};
    expect(segments?.map(({ optional }) => optional)).toEqual([false, false, false, false, false, true]);
  });
});

describe("what is refused", () => {
  const protection = (scheme: string) => `<ContentProtection schemeIdUri="${scheme}"/>`;
  const cases: { name: string; text: string; code: string; message: RegExp }[] = [
    { name: "live", text: mpd("<Period/>", 'type="dynamic"'), code: "unsupported-protocol", message: /live DASH/ },
    { name: "nothing in it", text: mpd(""), code: "bad-playlist", message: /cannot be read/ },
    { name: "an empty period", text: mpd("<Period/>"), code: "bad-playlist", message: /neither picture nor sound/ },
    { name: "broken XML", text: "<MPD><Period", code: "bad-playlist", message: /./ },
    {
      name: "entities",
      text: `<!DOCTYPE x [<!ENTITY a "b">]>${mpd("")}`,
      code: "bad-playlist",
      message: /document type/,
    },
    {
      name: "Widevine",
      text: mpd(
        `<Period>${adaptation("video", [["v", 1]], "", protection("urn:mpeg:dash:mp4protection:2011") + protection("urn:uuid:EDEF8BA9-79D6-4ACE-A3C8-27DCD51D21ED"))}</Period>`,
      ),
      code: "encrypted",
      message: /Common Encryption, Widevine/,
    },
    {
      name: "billions of segments",
      text: mpd(
        `<Period>${adaptation("video", [["v", 1]], "", template.replace("4000", "1"))}</Period>`,
        'mediaPresentationDuration="PT999999H"',
      ),
      code: "bad-playlist",
      message: /more than 100,000 segments/,
    },
    {
      name: "endless repeats",
      text: mpd(
        `<Period>${adaptation("video", [["v", 1]], "", '<SegmentTemplate media="$Time$"><SegmentTimeline><S d="0" r="-1"/></SegmentTimeline></SegmentTemplate>')}</Period>`,
      ),
      code: "bad-playlist",
      message: /without a duration/,
    },
    {
      name: "a file",
      text: mpd(`<Period><BaseURL>file:///etc/</BaseURL>${adaptation("video", [["v", 1]])}</Period>`),
      code: "address-refused",
      message: /file: address/,
    },
  ];
  test.each(cases)("$name", ({ text, code, message }) => {
    expect(() => parseDash(base, text)).toThrow(GlasswatchError);
    expect(() => parseDash(base, text)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

test("a manifest with anything cut out, doubled or changed gives a presentation or a GlasswatchError", () => {
  const inner =
    '<SegmentTemplate timescale="10" media="$Time%05d$.m4s" initialization="i.mp4" presentationTimeOffset="1"><SegmentTimeline><S t="0" d="40" r="3"/><S d="20" r="-1"/></SegmentTimeline></SegmentTemplate>';
  const text = mpd(
    `<Period duration="PT8S">${adaptation("video", [["a", 1]], 'lang="x"')}</Period><Period>${adaptation("audio", [["b", 1]], "", inner)}</Period>`,
  );
  const edit = fc.record({
    at: fc.nat(text.length),
    length: fc.nat(30),
    insert: fc.oneof(
      fc.string({ maxLength: 10 }),
      fc.constantFrom("-1", "0", "1e9", "99999999999", '"', "<S/>", "PT1e9H"),
    ),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let mutated = text;
      for (const { at, length, insert } of edits) mutated = mutated.slice(0, at) + insert + mutated.slice(at + length);
      try {
        parseDash(base, mutated);
      } catch (error) {
        expect(error).toBeInstanceOf(GlasswatchError);
      }
    }),
    { numRuns: 1000 },
  );
});
