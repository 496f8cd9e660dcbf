import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { urlCases } from "../../../../test/cases/urls.ts";
import { GlasswatchError } from "../errors.ts";
import { assertFetchable } from "./fetchable-url.ts";

function isFetchable(address: string, allowPrivate: boolean): boolean {
  if (!URL.canParse(address)) return false;
  try {
    assertFetchable(new URL(address), allowPrivate);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(GlasswatchError);
    expect((error as GlasswatchError).message).not.toContain("\n");
    return false;
  }
}

describe("addresses as people may spell them", () => {
  test.each(urlCases)("$name: $url is admitted: $admitted", ({ url, admitted }) => {
    expect(isFetchable(url, false)).toBe(admitted === "always");
    expect(isFetchable(url, true)).toBe(admitted !== "never");
  });

  test("a private address is refused in every mix of bases and lengths", () => {
    const base = fc.constantFrom(
      (part: number) => part.toString(),
      (part: number) => `0x${part.toString(16)}`,
      (part: number) => `0${part.toString(8)}`,
    );
    const address = fc.oneof(
      fc.tuple(fc.constant(127), fc.nat(255), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(10), fc.nat(255), fc.nat(255), fc.nat(255)),
      fc.constant([169, 254, 169, 254]),
    );
    fc.assert(
      fc.property(address, fc.nat(3), fc.tuple(base, base, base, base), (bytes, dots, write) => {
        // As inet_aton reads it: what has no dot of its own is all in the last part.
        const last = bytes.slice(dots).reduce((sum, byte) => sum * 256 + byte, 0);
        const host = [...bytes.slice(0, dots), last].map((part, index) => write[index]?.(part)).join(".");
        expect(isFetchable(`http://${host}/`, false)).toBe(false);
      }),
    );
  });
});
