import ipaddr from "ipaddr.js";
import { inputError } from "../errors.ts";

/** Ranges that the user's own machine or network lives in: admitted where private sources are. */
const privateRanges: ReadonlySet<string> = new Set([
  "loopback",
  "private",
  "uniqueLocal",
  "carrierGradeNat",
  "unspecified",
]);

/**
 * Services that hand a machine's own credentials to whoever asks from it. No media is ever there, so these stay refused
 * where private addresses are admitted; the ones in 169.254/16 and fe80::/10 are refused with all of link-local.
 */
const credentialServices: ReadonlySet<string> = new Set([
  "100.100.100.200", // Alibaba Cloud
  "168.63.129.16", // Azure
  "192.0.0.192", // Oracle Cloud
  "fd00:ec2::254", // AWS
  "fd20:ce::254", // Google Cloud
]);

/** ::/96, deprecated by RFC 4291 §2.5.5.1, and NAT64, RFC 6052 §2.1: the last four bytes are an IPv4 address. */
const ipv4Compatible = ipaddr.IPv6.parseCIDR("::/96");
/** RFC 4291 §2.4: the only block of global unicast addresses that is assigned. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/** Why `address` (a literal) may not be connected to, in words; null where it may. */
export function refusalOf(address: string, allowPrivate: boolean): string | null {
  if (!ipaddr.isValid(address)) return "not an IP address";
  const parsed = withoutEmbedding(ipaddr.parse(address));
  if (credentialServices.has(parsed.toString())) return "a cloud credential service";
  const range = rangeOf(parsed);
  if (range === "unicast" || (allowPrivate && privateRanges.has(range))) return null;
  return descriptions[range] ?? `a special-purpose address (${range})`;
}

const descriptions: Readonly<Record<string, string>> = {
  loopback: "this machine itself (loopback)",
  unspecified: "this machine itself (unspecified address)",
  private: "a private network",
  uniqueLocal: "a private network (unique-local)",
  carrierGradeNat: "a private network (carrier-grade NAT)",
  linkLocal: "a link-local address, where cloud metadata lives",
  multicast: "a multicast address",
  broadcast: "a broadcast address",
  reserved: "a reserved address",
};

/** An IPv4 address in IPv6 clothes reaches what the IPv4 address reaches, so that is what is judged. */
function withoutEmbedding(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (address.kind() === "ipv4") return address;
  const wide = address as ipaddr.IPv6;
  const compatible = wide.match(ipv4Compatible) && wide.range() === "unicast";
  const embeds =
    compatible || wide.range() === "ipv4Mapped" || wide.toNormalizedString().startsWith("64:ff9b:0:0:0:0:");
  return embeds ? new ipaddr.IPv4(wide.toByteArray().slice(12)) : wide;
}

function rangeOf(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  const range = address.range();
  if (address.kind() === "ipv4") {
    // Only 0.0.0.0 itself means this machine; the rest of 0/8 means nothing (RFC 6890).
    return range === "unspecified" && address.toString() !== "0.0.0.0" ? "reserved" : range;
  }
  return range === "unicast" && !(address as ipaddr.IPv6).match(globalUnicast) ? "reserved" : range;
}

export function addressRefused(host: string, reason: string): Error {
  return inputError("address-refused", `${host} may not be fetched from: ${reason}`);
}
