import fc from "fast-check";
import { expect, test } from "vitest";
import { alignFingerprints } from "./align/align-fingerprints.ts";
import { judge } from "./judge.ts";
import { type Moment, type Rendered, randomProgramme } from "./testing/random-programme.ts";

const seconds = 16;
const runs = { numRuns: 6 };

const seed = fc.integer({ min: 1, max: 100_000 });
const shift = fc.double({ min: -2, max: 2, noNaN: true });
const lengths = fc.integer({ min: 8, max: 75 }).map((pictures) => pictures / 25);
/** With 6 s and more on both sides; nearer to an end, what is missing is told as a shorter programme. */
const edits = fc.integer({ min: 6, max: 7 });
const rates = fc.constantFrom(25, 50, 12.5, 30_000 / 1001);

/** The programme as it is, up to its end. */
function whole(own: number): Moment {
  return (timeSeconds) => ({ seed: own, atSeconds: timeSeconds });
}

/** The programme `delaySeconds` later, and slower by `drift`. */
function moved(own: number, delaySeconds: number, drift = 0): Moment {
  return (timeSeconds) => {
    const atSeconds = (timeSeconds - delaySeconds) / (1 + drift);
    return atSeconds < 0 ? undefined : { seed: own, atSeconds };
  };
}

/** Renditions of one rate show the same pictures, so that they differ by whole ones. */
function toPictures(timeSeconds: number): number {
  return Math.round(timeSeconds * 25) / 25;
}

function compared(reference: Partial<Rendered> & { seed: number }, input: Omit<Rendered, "seconds">) {
  const own = whole(reference.seed);
  return judge(
    alignFingerprints(
      randomProgramme({ seconds, fps: 25, sound: own, picture: own, ...reference }),
      randomProgramme({ seconds, ...input }),
    ),
  );
}

test("any delay and any A/V offset are found, at any rate and level", () => {
  fc.assert(
    fc.property(seed, shift, shift, rates, fc.integer({ min: -20, max: 6 }), (own, wanted, heard, fps, gainDb) => {
      const seen = fps === 25 ? toPictures(wanted) : wanted;
      const result = compared({ seed: own }, { fps, gainDb, picture: moved(own, seen), sound: moved(own, heard) });
      expect(Math.abs((result.delaySeconds ?? 9) - seen)).toBeLessThan(0.01);
      expect(Math.abs((result.avOffsetSeconds ?? 9) - (seen - heard))).toBeLessThan(0.01);
      expect([...result.missing, ...result.inserted]).toEqual([]);
    }),
    runs,
  );
});

test("the verdict goes by the limits of ITU-R BT.1359", () => {
  const offset = fc.double({ min: -0.3, max: 0.3, noNaN: true });
  const clear = offset.filter((value) => Math.abs(value - 0.045) > 0.01 && Math.abs(value + 0.125) > 0.01);
  fc.assert(
    fc.property(seed, clear, (own, early) => {
      const result = compared({ seed: own }, { fps: 25, picture: moved(own, 0.52), sound: moved(own, 0.52 - early) });
      expect(result.verdict).toBe(early > 0.045 || early < -0.125 ? "out-of-sync" : "in-sync");
    }),
    runs,
  );
});

test("a drift that is told is the right one", () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: -1000, max: 1000 }), (own, ppm) => {
      const drifting = moved(own, 0.32, ppm / 1e6);
      const result = compared({ seed: own }, { fps: 25, picture: drifting, sound: drifting });
      // What is not sure is not told.
      expect(Math.abs((result.driftPpm ?? ppm) - ppm)).toBeLessThan(100);
      expect(Math.abs(result.avOffsetSeconds ?? 0)).toBeLessThan(0.01);
    }),
    runs,
  );
});

test("what is missing is found to the picture", () => {
  fc.assert(
    fc.property(seed, edits, lengths, (own, at, length) => {
      const cut: Moment = (time) => ({ seed: own, atSeconds: time < at ? time : time + length });
      const result = compared({ seed: own }, { fps: 25, picture: cut, sound: cut });
      expect(result.inserted).toEqual([]);
      expect(result.missing).toHaveLength(1);
      const [{ durationSeconds, reference } = { durationSeconds: 0, reference: { startSeconds: 0 } }] = result.missing;
      expect(Math.abs(durationSeconds - length)).toBeLessThan(0.041);
      expect(Math.abs(reference.startSeconds - at)).toBeLessThan(0.081);
      expect(Math.abs(result.avOffsetSeconds ?? 9)).toBeLessThan(0.01);
    }),
    runs,
  );
});

test("what was inserted is found to the picture", () => {
  fc.assert(
    fc.property(seed, edits, lengths, (own, at, length) => {
      const longer: Moment = (time) => {
        if (time < at) return { seed: own, atSeconds: time };
        if (time < at + length) return { seed: own + 7, atSeconds: time };
        return { seed: own, atSeconds: time - length };
      };
      const result = compared({ seed: own }, { fps: 25, picture: longer, sound: longer });
      expect(result.missing).toEqual([]);
      expect(result.inserted).toHaveLength(1);
      const [{ durationSeconds, input } = { durationSeconds: 0, input: { startSeconds: 0 } }] = result.inserted;
      expect(Math.abs(durationSeconds - length)).toBeLessThan(0.041);
      expect(Math.abs(input.startSeconds - at)).toBeLessThan(0.081);
    }),
    runs,
  );
});

test("unrelated programmes are never aligned", () => {
  fc.assert(
    fc.property(seed, (own) => {
      const result = compared({ seed: own }, { fps: 25, picture: whole(own + 50), sound: whole(own + 50) });
      expect(result).toMatchObject({ verdict: "inconclusive", delaySeconds: null, avOffsetSeconds: null });
    }),
    runs,
  );
});

test("what comes again every two seconds is ambiguous", () => {
  fc.assert(
    fc.property(seed, (own) => {
      const looped: Moment = (time) => ({ seed: own, atSeconds: time % 2 });
      const result = compared(
        { seed: own, picture: looped, sound: looped },
        { fps: 25, picture: looped, sound: looped },
      );
      expect(result).toMatchObject({ verdict: "inconclusive", avOffsetSeconds: null });
      expect([result.video.problem, result.audio.problem]).toEqual(["ambiguous", "ambiguous"]);
    }),
    runs,
  );
});
