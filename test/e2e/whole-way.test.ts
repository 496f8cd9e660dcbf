import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Event } from "@glasswatch/core/events/event";
import { expect, test, vi } from "vitest";
import { fixture } from "../fixtures/fixture.ts";
import { startFakeSlack } from "../support/fake-slack.ts";
import { startLiveServer } from "../support/live-server.ts";
import { patience } from "../support/patience.ts";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

/* From a defect to a person to a repair that is proven: one `glasswatch up`, a live source over HTTP, and Slack. */

const profile = {
  detectors: { "frozen-picture": { severity: "critical" } },
  repair: {
    mode: "auto",
    actions: [{ action: "switch-source" }],
    verify: { cleanSeconds: 3, withinSeconds: 60 },
  },
};

const inThisOrder: readonly string[] = [
  ...["finding.opened", "incident.opened", "repair.requested", "finding.closed"],
  ...["repair.succeeded", "incident.resolved"],
];

interface Client {
  put(path: string, body: object): Promise<void>;
  post(path: string, body: object): Promise<{ readonly id: string }>;
  /** What was told of this defect for the first time, in the order in which it happened. */
  told(): Promise<readonly string[]>;
}

async function clientOf(folder: string): Promise<Client> {
  const { url, key } = JSON.parse(await readFile(join(folder, "data", "api.json"), "utf8"));
  async function ask(method: string, path: string, body?: object) {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const response = await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
    return response.json();
  }
  return {
    put: (path, body) => ask("PUT", path, body),
    post: (path, body) => ask("POST", path, body),
    async told() {
      const { items }: { readonly items: readonly Event[] } = await ask("GET", "/v1/events?limit=1000");
      const steps = items.toSorted((a, b) => a.detail.occurredAt.localeCompare(b.detail.occurredAt));
      const types = steps.map((event) => event["detail-type"]);
      return [...new Set(types)].filter((type) => inThisOrder.includes(type));
    },
  };
}

test("a stream that freezes is told with its picture, switched to its other source, measured to be well, and told to be so", async () => {
  await using folder = await temporaryFolder();
  const slack = await startFakeSlack();
  const { apiUrl, botToken, signingSecret, channel } = slack;
  const freezing = await startLiveServer({ stream: await fixture("live-freezing") });
  const well = await startLiveServer({ stream: await fixture("live-well") });
  await mkdir(join(folder.path, "data"));
  const alerts = {
    channels: { operations: { type: "slack", apiUrl, botToken, signingSecret, channel } },
    routes: [{ name: "all", to: ["operations"] }],
  };
  await writeFile(join(folder.path, "data", "config.json"), JSON.stringify({ alerts }));

  await runCli(["up", "--data", "data", "--allow-private"], folder.path, {
    meanwhile: async ({ child, said }) => {
      await said(/glasswatch is up/);
      try {
        const client = await clientOf(folder.path);
        await client.put("/v1/profiles/repaired", profile);
        await client.post("/v1/streams", {
          ...{ url: `${freezing.url}/live.ts`, name: "Channel 5", kind: "live", profile: "repaired" },
          failover: [`${well.url}/live.ts`],
        });
        const shown = () => slack.messages[0];
        await vi.waitFor(() => expect(shown()?.text).toMatch(/Channel 5/), patience);
        // The last line of its thread comes after the message itself was edited.
        const isOver = () => expect(shown()?.replies.at(-1)?.text).toContain("Resolved");
        await vi.waitFor(isOver, patience);
        expect(shown()?.text).toBe("🟢 Resolved: Frozen picture on Channel 5");

        expect(slack.messages).toHaveLength(1);
        const [message] = slack.messages;
        expect(JSON.stringify(message?.blocks)).toContain("slack_file");
        expect(slack.files.size).toBeGreaterThan(0);
        const pictures = message?.blocks.filter(({ type }) => type === "image");
        expect(pictures?.map((block) => block.alt_text)).toEqual([
          "Before: Frozen picture on Channel 5",
          "During: Frozen picture on Channel 5",
        ]);
        expect([...slack.files.values()].every(isJpeg)).toBe(true);
        expect(message?.replies.map(({ text }) => text)).toEqual([
          expect.stringContaining("Repair requested: switch-source"),
          expect.stringMatching(/Repaired, and verified: switch-source: [\d.]+ s were analysed without frozen-picture/),
          expect.stringContaining("Resolved"),
        ]);
        await vi.waitFor(async () => expect(await client.told()).toEqual(inThisOrder), patience);
      } finally {
        child.kill("SIGINT");
      }
    },
  });
  await Promise.all([slack.close(), freezing.close(), well.close()]);
});

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8;
}
