import type { DetectorGroup } from "@glasswatch/core/groups";
import type { Profile } from "@glasswatch/core/profile";
import { openProfiles } from "@glasswatch/core/state/profiles";
import { emptyProfile } from "@glasswatch/detectors/profile";
import { detectors as registry } from "@glasswatch/detectors/registry";
import { expect, test } from "vitest";
import { emptyFolder, opened } from "../../../test/support/opened-embedded.ts";
import { judgementOf, shareOf } from "./judgement.ts";

const all: DetectorGroup = { name: "all", detectors: null };
const sounds: DetectorGroup = { name: "sounds", detectors: ["audio-silence", "audio-hum"] };

const quiet: Profile = {
  ...emptyProfile,
  detectors: { "audio-hum": { enabled: false }, "audio-silence": { options: { thresholdDbfs: -50 } } },
  ignore: [{ fromSeconds: 0, toSeconds: 10 }],
};

async function judge(profile: string | null, group: DetectorGroup) {
  const { table } = await opened({ folder: await emptyFolder() });
  await openProfiles(table).put({ name: "quiet", profile: quiet }, 0);
  return judgementOf(profile, { table, group, registry });
}

test("without a profile every detector of the group judges", async () => {
  expect((await judge(null, sounds)).detectors.map(({ id }) => id).toSorted()).toEqual(["audio-hum", "audio-silence"]);
  expect((await judge(null, all)).detectors).toHaveLength(registry.length);
});

test("a profile speaks to the detectors of the group, and of what is ignored", async () => {
  const { detectors, ignore } = await judge("quiet", sounds);
  expect(detectors).toMatchObject([{ id: "audio-silence", options: { thresholdDbfs: -50 } }]);
  expect(ignore).toEqual(quiet.ignore);
});

test("a profile that was deleted since counts as none", async () => {
  expect((await judge("gone", sounds)).detectors).toHaveLength(2);
});

test("a profile that leaves the group nothing to look for is refused", async () => {
  await expect(judge("quiet", { name: "hum", detectors: ["audio-hum"] })).rejects.toMatchObject({
    code: "no-detectors",
  });
});

test("a group's share of the catalogue", () => {
  expect(shareOf(all, registry)).toBe(1);
  expect(shareOf(sounds, registry)).toBeCloseTo(2 / registry.length, 6);
});
