import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { renderReport } from "@glasswatch/cli/report/render-report";
import type { ReportInput } from "@glasswatch/cli/report/report-input";
import { makeThumbnails } from "@glasswatch/cli/report/thumbnails";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { type OutcomeWish, sampleOutcome, sampleReport, sampleSettings } from "./sample.ts";

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let browser: Browser;
let folder: string;

beforeAll(async () => {
  browser = await launchChromium();
  folder = await mkdtemp(join(tmpdir(), "glasswatch-report-"));
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** What a page must not have: requests, console messages, exceptions, dialogs. */
  readonly troubles: readonly string[];
}

let pages = 0;

async function open(input: ReportInput, options: BrowserContextOptions = {}): Promise<Opened> {
  const path = join(folder, `${pages++}.html`);
  await writeFile(path, renderReport(input));
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (url !== pathToFileURL(path).href && !url.startsWith("data:")) troubles.push(`request: ${url}`);
  });
  page.on("console", (message) => troubles.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => troubles.push(`exception: ${error.message}`));
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(pathToFileURL(path).href);
  return { page, troubles };
}

const programme: OutcomeWish = {
  findings: [
    { kind: "frozen-picture", startSeconds: 12, endSeconds: 15, severity: "minor" },
    {
      kind: "frozen-picture",
      startSeconds: 30,
      endSeconds: 45,
      severity: "major",
      area: { x: 0.1, y: 0.1, width: 0.5, height: 0.5 },
    },
    {
      kind: "channel-silence",
      startSeconds: 20,
      endSeconds: 33,
      severity: "major",
      subject: { media: "audio", track: 0, channel: 1 },
    },
    { kind: "audio-silence", startSeconds: 55.5, endSeconds: null, severity: "critical" },
  ],
};

const manyFindings: OutcomeWish["findings"] = Array.from({ length: 1000 }, (_, index) => ({
  kind: ["frozen-picture", "audio-silence", "audio-clipping"][index % 3] as string,
  startSeconds: index * 7,
  endSeconds: index * 7 + 2,
  severity: (["info", "minor", "major", "critical"] as const)[index % 4] ?? "info",
}));

const inputs: Readonly<Record<string, readonly OutcomeWish[]>> = {
  "a programme with findings": [programme],
  "a clean programme": [{}],
  "1,000 findings in two hours, three audio tracks": [
    { durationSeconds: 7200, findings: manyFindings, audioLayouts: ["stereo", "5.1", "mono"] },
  ],
  "24 hours": [
    {
      durationSeconds: 86_400,
      findings: [{ kind: "test-pattern", startSeconds: 80_000, endSeconds: 80_000.04, severity: "major" }],
    },
  ],
  "key pictures only, but for the time around a finding": [
    {
      coverage: { fullSeconds: 14, lightSeconds: 46, skippedSeconds: 0 },
      lightSpans: [
        { startSeconds: 0, endSeconds: 30 },
        { startSeconds: 44, endSeconds: 60 },
      ],
      findings: [{ kind: "black-picture", startSeconds: 30, endSeconds: 34, severity: "minor" }],
    },
  ],
  "no media": [{ opened: false, error: { code: "not-media", message: "x.mp4 is not media" } }],
  "no length": [{ durationSeconds: 0 }],
  "sound only": [{ video: false }],
  "picture only, a detector skipped and one errored": [
    {
      audioLayouts: [],
      detectors: [
        { id: "audio-silence", status: "skipped", message: "no sound" },
        { id: "black-picture", status: "errored", message: "x is not a function" },
      ],
    },
  ],
  "ten inputs, one cut short": [
    programme,
    { ...programme, error: { code: "truncated", message: "cut off" } },
    ...Array.from({ length: 8 }, () => ({})),
  ],
};

test.each(Object.entries(inputs))(
  "%s: asks for nothing, logs nothing, shows every finding, fits a phone",
  async (_, wishes) => {
    const { page, troubles } = await open(sampleReport(wishes.map(sampleOutcome)));
    const counts = await page.evaluate(() =>
      ["a.bar", ".card", ".as-table tbody tr"].map((part) => document.querySelectorAll(part).length),
    );
    const findings = wishes.reduce((sum, wish) => sum + (wish.findings?.length ?? 0), 0);
    expect(counts).toEqual([findings, findings, findings]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(troubles).toEqual([]);
    await page.context().close();
  },
);

describe("accessibility", () => {
  test.each(["light", "dark"] as const)(
    "nothing for axe to complain about, contrast included: %s",
    async (colorScheme) => {
      const outcomes = [
        sampleOutcome({ ...programme, error: { code: "truncated", message: "cut off" } }),
        sampleOutcome({ input: "other.ts" }),
      ];
      // The page's policy keeps the checker out too; the policy itself is tested below.
      const { page } = await open(sampleReport(outcomes), { colorScheme, bypassCSP: true, reducedMotion: "reduce" });
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      await page.addScriptTag({ path: axePath });
      const violations = await page.evaluate(async () => {
        // @ts-expect-error: put on the page by the script above
        const { violations } = await globalThis.axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"],
        });
        return violations.map((violation: { id: string; nodes: { html: string; failureSummary: string }[] }) => ({
          id: violation.id,
          nodes: violation.nodes
            .slice(0, 3)
            .map(({ html, failureSummary }) => `${html.slice(0, 160)}: ${failureSummary}`),
        }));
      });
      expect(violations).toEqual([]);
      await page.context().close();
    },
  );

  test("the keyboard goes from finding to finding in order of time, and on to the card", async () => {
    const { page } = await open(sampleReport([sampleOutcome(programme)]), { reducedMotion: "reduce" });
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.id ?? "");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("skip");
    await page.locator("a.bar[tabindex='0']").focus();
    const seen = [await focused()];
    for (let step = 0; step < 3; step++) {
      await page.keyboard.press("ArrowRight");
      seen.push(await focused());
    }
    expect(seen).toEqual([
      expect.stringMatching(/^Frozen picture, minor; 00:00:12\.000 to 00:00:15\.000; picture; block difference 0\.4/),
      expect.stringMatching(/^Silent channel, major; 00:00:20\.000 to 00:00:33\.000; audio, right channel/),
      expect.stringMatching(/^Frozen picture, major; 00:00:30/),
      expect.stringMatching(/^Silence, critical; 00:00:55\.500 to the end/),
    ]);
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("input-1-finding-4");
    await page.context().close();
  });

  test("without its script the page still shows everything", async () => {
    const { page } = await open(sampleReport([sampleOutcome(programme)]), { javaScriptEnabled: false });
    expect(await page.locator("a.bar").count()).toBe(4);
    expect(await page.locator("path.trace").first().getAttribute("d")).toMatch(/^M0 /);
    await page.context().close();
  });
});

describe("the time axis", () => {
  /** Where a time of the picture lies on the screen, by three different drawings. */
  async function places(page: Page) {
    return page.evaluate(() => {
      const left = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().left ?? Number.NaN;
      const tick = [...document.querySelectorAll(".axis.foot text")].find(({ textContent }) => textContent === "00:30");
      const line = tick?.previousElementSibling?.getBoundingClientRect().left ?? Number.NaN;
      const lanes = [...document.querySelectorAll("svg.time")].map((svg) => svg.getBoundingClientRect());
      return {
        bar: left("[aria-label*='00:00:30.000 to'] .fill"),
        tick: line,
        lefts: [...new Set(lanes.map((lane) => Math.round(lane.left)))],
        widths: [...new Set(lanes.map((lane) => Math.round(lane.width)))],
      };
    });
  }

  test.each([1280, 360])("is one for lanes, plots and ticks, also when zoomed: %d px wide", async (width) => {
    const { page } = await open(sampleReport([sampleOutcome(programme)]), { viewport: { width, height: 900 } });
    for (const clicks of [0, 1, 2]) {
      if (clicks > 0) await page.getByRole("button", { name: "Zoom in" }).click();
      const { bar, tick, lefts, widths } = await places(page);
      expect(Math.abs(bar - tick)).toBeLessThan(2.5);
      expect([lefts.length, widths.length]).toEqual([1, 1]);
    }
    await page.context().close();
  });

  test("a drag zooms, the overview and a double click lead back", async () => {
    const { page } = await open(sampleReport([sampleOutcome(programme)]));
    await page.locator(".plot.video").first().scrollIntoViewIfNeeded();
    const box = await page.locator(".plot .canvas").first().boundingBox();
    if (!box) throw new Error("the plot has no place on the page");
    const middle = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.25, middle);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, middle, { steps: 4 });
    await page.mouse.up();
    const range = page.locator(".range");
    expect(await range.textContent()).toMatch(/^00:00:1[45]\.\d+ – 00:00:(29|30)\.\d+$/);
    await page.mouse.dblclick(box.x + box.width * 0.6, middle);
    expect(await range.textContent()).toBe("00:00:00.000 – 00:01:00.000");
    await page.context().close();
  });

  test("pointing at a finding marks it on the lanes, the plots and its card", async () => {
    const { page } = await open(sampleReport([sampleOutcome(programme)]));
    await page.locator("a.bar").first().hover();
    expect(await page.locator("#input-1-finding-1.pointed-at").count()).toBe(1);
    expect(await page.locator(".pointed").getAttribute("width")).toBe("3");
    expect(await page.locator(".plot output").first().textContent()).not.toBe("");
    await page.context().close();
  });
});

test("the theme is the reader's choice and stays", async () => {
  const { page } = await open(sampleReport([sampleOutcome()]), { colorScheme: "light" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: "Dark theme" }).click();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await ground()).toBe(dark);
  await page.context().close();
});

test("shows the pictures before, during and after a finding, or says why not", async () => {
  const snapshot = (timeSeconds: number, luma: number) => {
    const yuv420 = new Uint8Array((64 * 36 * 3) / 2).fill(128).fill(luma, 0, 64 * 36);
    return { timeSeconds, width: 64, height: 36, yuv420, fullRange: false };
  };
  const snapshots = [
    { findingId: "finding-0", before: snapshot(11.9, 180), during: snapshot(12, 90), after: snapshot(15, 200) },
  ];
  const outcomes = [{ ...sampleOutcome(programme), snapshots }];
  const { page, troubles } = await open(sampleReport(outcomes, { thumbnails: await makeThumbnails(outcomes) }));
  const images = page.locator("#input-1-finding-1 img");
  expect(
    await images.evaluateAll((all) =>
      Promise.all(
        (all as HTMLImageElement[]).map(async (image) => {
          await image.decode();
          return [image.alt, image.naturalWidth];
        }),
      ),
    ),
  ).toEqual([
    ["The picture before frozen picture, at 00:00:11.900", 64],
    ["The picture during frozen picture, at 00:00:12.000", 64],
    ["The picture after frozen picture, at 00:00:15.000", 64],
  ]);
  expect(troubles).toEqual([]);
  await page.context().close();

  const without = { byOutcome: [], unavailable: "the ffmpeg program was not found" };
  const bare = await open(sampleReport(outcomes, { thumbnails: without }));
  expect(await bare.page.getByText("No pictures: the ffmpeg program was not found").count()).toBe(1);
  await bare.page.context().close();
});

test("a card says which option sets each threshold, and leads to where it is changed", async () => {
  const { page } = await open(sampleReport([sampleOutcome(programme)]), { javaScriptEnabled: false });
  const against = page.locator("#input-1-finding-1 .against");
  expect(await against.allTextContents()).toEqual([
    "below the threshold of 1 code value, set by threshold",
    "above the threshold of 2 s, set by minimumSeconds",
  ]);
  const snippet = page.locator("#input-1-frozen-picture-change");
  expect(await snippet.isVisible()).toBe(false);
  await against.last().locator("a").click();
  expect(await snippet.isVisible()).toBe(true);
  expect(await snippet.textContent()).toContain("minimumSeconds: 2");
  expect(await page.getByText("How: Each picture is compared").count()).toBe(1);
  await page.context().close();
});

const hostile = [
  `</script><script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `<!--<script>alert(1)`,
  `javascript:alert(1)`,
  `\u2028alert(1)\u2029`,
  `\u202Egnp.exe\u0000\u0007`,
  `&lt;img src=x onerror=alert(1)&gt;`,
  `]]></style><style>*{display:none}`,
  `http://127.0.0.1:9/x.png`,
].join(" ");

test("names and messages from outside stay text", async () => {
  const finding = {
    kind: hostile,
    startSeconds: 1,
    endSeconds: 2,
    severity: "major" as const,
    measurements: [{ name: hostile, value: 1, unit: hostile, threshold: 2 }],
  };
  const base = sampleOutcome({
    input: hostile,
    findings: [finding],
    error: { code: hostile, message: hostile },
    detectors: [{ id: hostile, status: "errored", message: hostile }],
  });
  const media = base.media && {
    ...base.media,
    container: hostile,
    audio: base.media.audio.map((track) => ({ ...track, codec: hostile, channelLayout: hostile, language: hostile })),
  };
  const series = base.series.map((own) => ({ ...own, name: hostile, unit: hostile }));
  const settings = {
    ...sampleSettings,
    profile: hostile,
    plans: [{ id: hostile, options: { [hostile]: hostile }, expectation: hostile }],
  };
  const { page, troubles } = await open(sampleReport([{ ...base, media, series }], { settings, version: hostile }));
  await page.locator("a.bar").hover();
  await page.locator("summary").first().click();
  expect(await page.locator("script, img, style").count()).toBe(3);
  expect(await page.locator("h2").textContent()).toBe(
    hostile.replaceAll("\u0000", "\uFFFD").replaceAll("\u0007", "\uFFFD"),
  );
  expect(troubles).toEqual([]);
  await page.context().close();
});

test("the page's policy lets nothing in but its own style and script", async () => {
  const { page } = await open(sampleReport([sampleOutcome()]));
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'ran'";
    document.body.append(script);
    return document.title;
  });
  expect(ran).not.toBe("ran");
  await page.context().close();
});
