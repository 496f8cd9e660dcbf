import fc from "fast-check";
import { expect, test } from "vitest";
import { openBackoff } from "./backoff.ts";

test("tries are from 1 s to 30 s apart, each no sooner than half of twice the one before", () => {
  const randoms = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
    minLength: 8,
    maxLength: 20,
  });
  fc.assert(
    fc.property(randoms, (values) => {
      const rest = [...values];
      const backoff = openBackoff(() => rest.shift() ?? 0);
      const delays = values.map(() => backoff.next());
      expect(delays.every((seconds) => seconds >= 1 && seconds <= 30)).toBe(true);
      expect(delays.slice(5).every((seconds) => seconds >= 15)).toBe(true);
      backoff.reset();
      expect(backoff.next()).toBeLessThanOrEqual(2);
    }),
  );
});
