import { evidenceBlob, evidenceUri } from "@glasswatch/core/state/evidence";
import { expect, test } from "vitest";
import { openTestApi } from "../../../../test/support/open-api.ts";

test("the picture of a finding is answered as it was stored, to those who may read", async () => {
  const api = await openTestApi();
  try {
    const bytes = new Uint8Array([0xff, 0xd8, 0, 255, 0xff, 0xd9]);
    await api.ports.blobs.put(evidenceBlob("f1", "during"), bytes, { contentType: "image/jpeg", keepDays: 7 });
    const url = new URL(evidenceUri("f1", "during"), await api.serve());
    const response = await fetch(url, { headers: { authorization: `Bearer ${api.keys.read}` } });
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
    expect((await fetch(url)).status).toBe(401);
  } finally {
    await api.close();
  }
});
