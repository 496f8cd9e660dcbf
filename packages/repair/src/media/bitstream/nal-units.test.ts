import fc from "fast-check";
import { expect, test } from "vitest";
import { joinNals, type NalFraming, splitNals } from "./nal-units.ts";

/** Emulation prevention (H.264 §7.4.1) keeps start codes out of NAL units, and their last byte is not 0. */
const nal = fc
  .uint8Array({ minLength: 1, maxLength: 40 })
  .map((bytes) => Uint8Array.of(...bytes.map((value) => Math.max(1, value))));

test("NAL units come out as they went in, however they are told apart", () => {
  const framings: readonly NalFraming[] = ["start-codes", { lengthBytes: 4 }, { lengthBytes: 2 }];
  fc.assert(
    fc.property(fc.array(nal), fc.constantFrom(...framings), (nals, framing) => {
      expect(splitNals(joinNals(nals, framing), framing).map((each) => [...each])).toEqual(
        nals.map((each) => [...each]),
      );
    }),
  );
});

test("whatever the bytes, splitting them ends", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (bytes, lengthBytes) => {
      const total = splitNals(bytes, { lengthBytes }).reduce((sum, { length }) => sum + length, 0);
      expect(total).toBeLessThanOrEqual(bytes.length);
      splitNals(bytes, "start-codes");
    }),
  );
});
