import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ExitCode } from "@glasswatch/core/errors";
import { readEvent } from "@glasswatch/core/events/read-event";
import type { JsonValue } from "@glasswatch/core/json";
import type { Consumer } from "@glasswatch/core/ports/queues";
import { routes } from "@glasswatch/core/routes";
import { openCommands } from "@glasswatch/core/state/commands";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiWorld, fillWorld } from "../../../../test/support/api-world.ts";
import { openTestApi, type TestApi } from "../../../../test/support/open-api.ts";
import { main } from "../main.ts";
import { memoryEffects } from "../testing/memory-effects.ts";

/* What an operator types, against the API of a folder, where somebody carries out commands or says why not. */

let api: TestApi;
let world: ApiWorld;
let consumer: Consumer;
beforeAll(async () => {
  api = await openTestApi({ embedded: { routes } });
  world = await fillWorld(api);
  await writeFile(join(api.folder, "api.json"), JSON.stringify({ url: await api.serve(), key: api.keys.admin }));
  const commands = openCommands(api.ports.table, () => new Date());
  async function answer({ body }: { readonly body: JsonValue }): Promise<void> {
    const event = readEvent(body);
    if (event?.["detail-type"] !== "command.received") return;
    const { id, command } = event.detail.data;
    const done = command.name === "acknowledge";
    await commands.answer(id, { done, text: done ? "12 is yours" : "12 is\nnot over" });
  }
  consumer = api.ports.queues.consume("incidents", answer, { concurrency: 1, onError: expect.fail });
});
afterAll(async () => {
  await consumer.stop();
  await api.close();
});

async function type(line: string) {
  const effects = memoryEffects({ cwd: api.folder });
  const code = await main([...line.split(" "), "--data", "."], effects);
  return { code, out: effects.stdoutText(), err: effects.stderrText() };
}

test("incidents are listed with what people call their streams", async () => {
  const { code, out } = await type("incidents list --status open");
  expect(code).toBe(ExitCode.clean);
  expect(out).toMatch(/^ +number +status +severity +since \(UTC\) +what +stream\n/);
  expect(out).toMatch(/ 12 +open +major +20\d\d-\S+ \S+ +frozen-picture +https:\/\/\*\*\*@example\.com\/live\.m3u8\n/);
  expect(JSON.parse((await type("incidents list --json")).out)).toMatchObject({ id: world.incident, number: 12 });
  expect((await type("incidents list --status resolved --json")).out).toBe("");
});

test.each([
  ["incidents ack 12 --minutes 5", ExitCode.clean, "12 is yours\n"],
  ["incidents resolve 12", ExitCode.usage, "glasswatch: .: 12 is not over\n"],
  ["incidents ack 13", ExitCode.usage, "glasswatch: .: there is no incident 13\n"],
  ["incidents ack twelve", ExitCode.usage, /^glasswatch: twelve: expected the number of an incident/],
  ["silences add --kind black-picture", ExitCode.usage, /say for how long, for example --minutes 30/],
  ["silences add --minutes 5", ExitCode.usage, /name streams, kinds or labels/],
  ["silences add --kind blak-picture --minutes 5", ExitCode.usage, /did you mean black-picture/],
] as const)("%s: exit code %i", async (line, code, said) => {
  const typed = await type(line);
  expect(typed.err).toEqual(typeof said === "string" ? said : expect.stringMatching(said));
  expect(typed).toMatchObject({ code, out: "" });
});

test("a silence is added, listed and ended", async () => {
  const { out, err } = await type("silences add --kind black-picture --label region=eu --minutes 5 --comment slate");
  expect(err).toBe("");
  expect((await type("silences list")).out).toMatch(/ +black-picture region=eu +20\d\d-\S+ \S+ +admin +slate\n/);
  const removed = { code: ExitCode.clean, err: `silence ${out.trim()} is over\n` };
  expect(await type(`silences remove ${out.trim()}`)).toMatchObject(removed);
  expect((await type("silences list")).out).not.toContain("slate");
});
