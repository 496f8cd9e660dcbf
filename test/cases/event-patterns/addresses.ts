import { fields, type PatternCase } from "./pattern-case.ts";

/* As in Event Ruler's CIDRTest, ACMachineTest and MachineTest. */

const noAddresses = [
  "10",
  "10.0.0",
  "10.0.0.0.0",
  "256.0.0.1",
  "ten",
  "",
  10,
  null,
  "10.0.0.1/8",
  " 10.0.0.1",
  "fe80::1%eth0",
];

/** Pairs of an address and its neighbour. */
const neighbours: readonly (readonly [string, string])[] = [
  ["0011:2233:4455:6677:8899:aabb:ccdd:eeff", "0011:2233:4455:6677:8899:aabb:ccdd:eefe"],
  ["2001:db8::ff00:42:8329", "2001:db8::ff00:42:832a"],
  ["::0", "::1"],
  ["::3", "::4"],
  ["::9", "::8"],
  ["::a", "::b"],
  ["::f", "::e"],
  ["2400:6500:FF00::36FB:1F80", "2400:6500:FF00::36FB:1F81"],
  ["2400:6500:FF00::36FB:1F89", "2400:6500:FF00::36FB:1F8a"],
  ["2400:6500:FF00::36FB:1F8F", "2400:6500:FF00::36FB:1F8E"],
  ["54.240.196.255", "54.240.196.254"],
  ["255.255.255.255", "255.255.255.254"],
  ["255.255.255.0", "255.255.255.1"],
  ["255.255.255.10", "255.255.255.11"],
  ["255.255.255.27", "255.255.255.29"],
];

function cidr(network: string, matching: readonly string[], missing: readonly string[]): PatternCase {
  return {
    name: `cidr ${network}`,
    pattern: { ip: [{ cidr: network }] },
    matches: fields("ip", matching),
    misses: fields("ip", [...missing, ...noAddresses]),
  };
}

export const cases: readonly PatternCase[] = [
  cidr("10.0.0.0/24", ["10.0.0.0", "10.0.0.33", "10.0.0.255", "010.0.0.1"], ["10.0.1.0", "9.255.255.255", "::a00:1"]),
  cidr("10.0.0.0/8", ["10.0.0.33", "10.255.255.255"], ["11.0.0.0"]),
  cidr("10.0.0.0/31", ["10.0.0.0", "10.0.0.1"], ["10.0.0.2"]),
  cidr("0.0.0.0/0", ["0.0.0.0", "255.255.255.255"], ["::", "::1"]),
  cidr("54.240.196.171/24", ["54.240.196.0", "54.240.196.171", "54.240.196.255"], ["54.240.195.255", "54.240.197.0"]),
  cidr("220.160.153.171/31", ["220.160.153.170", "220.160.153.171"], ["220.160.153.169", "220.160.153.172"]),
  cidr("220.160.154.255/24", ["220.160.154.0", "220.160.154.255"], ["220.160.153.255", "220.160.155.0"]),
  cidr("13.32.0.0/15", ["13.32.0.0", "13.33.255.255"], ["13.34.0.0", "13.31.255.255"]),
  cidr("52.76.128.0/17", ["52.76.128.0", "52.76.255.255"], ["52.76.127.255"]),
  cidr("::1/24", ["::", "::1", "0:ff:ffff::"], ["0:100::", "0.0.0.0"]),
  cidr("2001:db8::ff00:42:8329/24", ["2001:d00::", "2001:dff:ffff::1"], ["2001:e00::", "32.1.13.184"]),
  cidr("2400:6500:FF00::36FB:1F80/122", ["2400:6500:ff00::36fb:1fbf"], ["2400:6500:ff00::36fb:1fc0"]),
  cidr("2600:1F14::/35", ["2600:1f14:1fff:ffff:ffff:ffff:ffff:ffff"], ["2600:1f14:2000::"]),
  cidr("::ffff:0a00:0000/24", ["10.0.0.5", "::ffff:a00:5"], ["10.0.1.0"]),
  ...neighbours.map(
    ([address, neighbour]): PatternCase => ({
      name: `the address ${address}`,
      pattern: { ip: [address] },
      matches: fields("ip", [address, address.toUpperCase()]),
      misses: fields("ip", [neighbour, ...noAddresses]),
    }),
  ),
  {
    name: "an address in other words",
    pattern: { ip: ["::1"] },
    matches: fields("ip", ["0:0:0:0:0:0:0:1", "::0001", "0::1"]),
    misses: fields("ip", ["0.0.0.1", "1::"]),
  },
  {
    name: "what only looks like an address is a string",
    pattern: { at: ["08:23", "12:30:00", "256.1.1.1", "1::2::3"] },
    matches: fields("at", ["08:23", "12:30:00", "256.1.1.1", "1::2::3"]),
    misses: fields("at", ["8:23", "12:30:01", "256.1.1.01"]),
  },
  {
    name: "networks beside texts and numbers on one field",
    pattern: { ip: [{ cidr: "192.168.0.0/16" }, { prefix: "10." }, { numeric: [">", 5] }] },
    matches: fields("ip", ["192.168.3.4", "10.0.0.1", 6]),
    misses: fields("ip", ["172.16.0.1", 5]),
  },
  {
    name: "an address among other fields",
    pattern: { detail: { name: ["UpdateService"], ip: ["255.255.255.16"] }, source: ["aws.ecs"] },
    matches: [{ detail: { name: ["UpdateService"], ip: ["255.255.255.16"] }, source: ["aws.ecs"] }],
    misses: [{ detail: { name: ["UpdateService"], ip: ["255.255.255.17"] }, source: ["aws.ecs"] }],
  },
];
