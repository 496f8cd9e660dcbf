import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, test } from "vitest";
import { refusalOf } from "./address-rules.ts";

/** What private sources add, and what nothing adds. */
const cases: { readonly address: string; readonly admitted: "always" | "private" | "never" }[] = [
  { address: "93.184.215.14", admitted: "always" },
  { address: "8.8.8.8", admitted: "always" },
  { address: "172.15.255.255", admitted: "always" },
  { address: "172.32.0.1", admitted: "always" },
  { address: "2606:2800:21f:cb07:6820:80da:af6b:8b2c", admitted: "always" },
  { address: "::ffff:8.8.8.8", admitted: "always" },
  { address: "64:ff9b::8.8.8.8", admitted: "always" },
  { address: "127.0.0.1", admitted: "private" },
  { address: "127.255.255.254", admitted: "private" },
  { address: "0.0.0.0", admitted: "private" },
  { address: "10.0.0.1", admitted: "private" },
  { address: "172.16.0.1", admitted: "private" },
  { address: "172.31.255.255", admitted: "private" },
  { address: "192.168.1.1", admitted: "private" },
  { address: "100.64.0.1", admitted: "private" },
  { address: "100.127.255.255", admitted: "private" },
  { address: "::1", admitted: "private" },
  { address: "::", admitted: "private" },
  { address: "fc00::1", admitted: "private" },
  { address: "fdff::1", admitted: "private" },
  { address: "::ffff:127.0.0.1", admitted: "private" },
  { address: "::ffff:7f00:1", admitted: "private" },
  { address: "::127.0.0.1", admitted: "private" },
  { address: "64:ff9b::10.0.0.1", admitted: "private" },
  { address: "169.254.169.254", admitted: "never" },
  { address: "169.254.0.1", admitted: "never" },
  { address: "::ffff:169.254.169.254", admitted: "never" },
  { address: "::169.254.169.254", admitted: "never" },
  { address: "64:ff9b::169.254.169.254", admitted: "never" },
  { address: "fe80::1", admitted: "never" },
  { address: "febf::1", admitted: "never" },
  { address: "fe80::1%eth0", admitted: "never" },
  { address: "fec0::1", admitted: "never" },
  { address: "100.100.100.200", admitted: "never" },
  { address: "168.63.129.16", admitted: "never" },
  { address: "192.0.0.192", admitted: "never" },
  { address: "fd00:ec2::254", admitted: "never" },
  { address: "fd20:ce::254", admitted: "never" },
  { address: "0.1.2.3", admitted: "never" },
  { address: "224.0.0.1", admitted: "never" },
  { address: "239.255.255.250", admitted: "never" },
  { address: "240.0.0.1", admitted: "never" },
  { address: "255.255.255.255", admitted: "never" },
  { address: "192.0.2.1", admitted: "never" },
  { address: "198.51.100.1", admitted: "never" },
  { address: "203.0.113.1", admitted: "never" },
  { address: "198.18.0.1", admitted: "never" },
  { address: "192.88.99.1", admitted: "never" },
  { address: "ff02::1", admitted: "never" },
  { address: "2001:db8::1", admitted: "never" },
  { address: "2002:7f00:1::", admitted: "never" },
  { address: "2001:0:7f00:1::", admitted: "never" },
  { address: "64:ff9b:1::7f00:1", admitted: "never" },
  { address: "100::1", admitted: "never" },
  { address: "4000::1", admitted: "never" },
  { address: "not-an-address", admitted: "never" },
];

describe("addresses", () => {
  test.each(cases)("$address is admitted: $admitted", ({ address, admitted }) => {
    expect(refusalOf(address, false) === null).toBe(admitted === "always");
    expect(refusalOf(address, true) === null).toBe(admitted !== "never");
  });

  test("any IPv4 address is judged alike in every IPv6 dress that reaches it", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.boolean(), (address, allowPrivate) => {
        const bare = refusalOf(address, allowPrivate) === null;
        for (const dressed of [`::ffff:${address}`, `64:ff9b::${address}`]) {
          expect(refusalOf(dressed, allowPrivate) === null).toBe(bare);
        }
      }),
    );
  });

  test("no IPv6 address outside global unicast is admitted", () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const parsed = ipaddr.parse(address) as ipaddr.IPv6;
        const isGlobal = parsed.match(ipaddr.IPv6.parseCIDR("2000::/3"));
        // Compatible, mapped and NAT64 addresses are judged by the IPv4 address in them.
        const embedsIpv4 = ["::/96", "::ffff:0:0/96", "64:ff9b::/96"].some((range) =>
          parsed.match(ipaddr.IPv6.parseCIDR(range)),
        );
        if (!isGlobal && !embedsIpv4) expect(refusalOf(address, false)).not.toBeNull();
      }),
    );
  });
});
