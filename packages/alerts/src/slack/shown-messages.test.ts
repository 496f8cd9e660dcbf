import { expect, test } from "vitest";
import { emptyFolder, opened } from "../../../../test/support/opened-embedded.ts";
import { openShownMessages, type Shown } from "./shown-messages.ts";

test("a message whose holder was killed is free again later, and the dead hold changes nothing any more", async () => {
  let time = Date.parse("2030-01-01T00:00:00.000Z");
  const now = () => new Date(time);
  const { table } = await opened({ folder: await emptyFolder(), now });
  const messages = openShownMessages("ops", table, now);
  const { promise: killed, resolve: wake } = Promise.withResolvers<void>();
  const { promise: isHeld, resolve: held } = Promise.withResolvers<void>();
  const posted = (ts: string) => async (shown: Shown) => ({ ...shown, ts });

  const first = messages.hold("m", async (shown, save) => {
    held();
    await killed;
    await save({ ...shown, ts: "late" });
    return { ...shown, ts: "late" };
  });
  await isHeld;
  expect(await messages.hold("m", posted("too early"))).toBe(false);
  time += 46_000;
  expect(await messages.hold("m", posted("new"))).toBe(true);
  wake();
  await first;
  expect((await messages.get("m"))?.ts).toBe("new");
});

test("what was noted before something failed stays, and the message is free at once", async () => {
  const now = () => new Date("2030-01-01T00:00:00.000Z");
  const { table } = await opened({ folder: await emptyFolder(), now });
  const messages = openShownMessages("ops", table, now);
  const failing = messages.hold("m", async (shown, save) => {
    await save({ ...shown, ts: "1.0" });
    throw new Error("Slack cannot be reached");
  });
  await expect(failing).rejects.toThrow("Slack cannot be reached");
  expect((await messages.get("m"))?.ts).toBe("1.0");
  expect(await messages.hold("m", async (shown) => shown)).toBe(true);
});
