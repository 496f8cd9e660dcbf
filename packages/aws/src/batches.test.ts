import fc from "fast-check";
import { expect, test } from "vitest";
import { batchesOf, mostRequestBytes, sendEach } from "./batches.ts";

test("batches hold every entry once, in order, and are neither too many nor too heavy", () => {
  const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: mostRequestBytes })));
  fc.assert(
    fc.property(sizes, (entries) => {
      const batches = batchesOf(entries, (bytes) => bytes);
      expect(batches.flat()).toEqual(entries);
      for (const batch of batches) {
        expect(batch.length).toBeLessThanOrEqual(10);
        expect(batch.length === 1 || batch.reduce((sum, bytes) => sum + bytes, 0) <= mostRequestBytes).toBe(true);
      }
      for (const [index, batch] of batches.slice(1).entries()) {
        const before = batches[index] ?? [];
        const together = [...before, batch[0] ?? 0].reduce((sum, bytes) => sum + bytes, 0);
        expect(before.length === 10 || together > mostRequestBytes, "none is cut short").toBe(true);
      }
    }),
  );
});

test("what came of each batch is told in their order, failures too", async () => {
  const batches = Array.from({ length: 20 }, (_, index) => index);
  const results = await sendEach(batches, async (batch) => {
    if (batch % 7 === 0) throw new Error(`${batch}`);
    return batch;
  });
  expect(results.map((result) => (result.status === "fulfilled" ? result.value : -1))).toEqual(
    batches.map((batch) => (batch % 7 === 0 ? -1 : batch)),
  );
});
