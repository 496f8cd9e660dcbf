import { isIPv6 } from "node:net";

export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/**
 * The address that a text writes, undefined where it writes none. Read as Event Ruler reads it: zeros may lead (010 is
 * ten), an IPv6 address has no dots and no zone, and one that maps an IPv4 address is that IPv4 address.
 */
export function ipAddress(text: string): IpAddress | undefined {
  return ipv4(text) ?? ipv6(text);
}

/** Whether an address is in the network that the first `prefixBits` bits of another name. */
export function inNetwork(address: IpAddress, network: IpAddress, prefixBits: number): boolean {
  if (address.bits !== network.bits) return false;
  const hostBits = BigInt(network.bits - prefixBits);
  return address.value >> hostBits === network.value >> hostBits;
}

function ipv4(text: string): IpAddress | undefined {
  if (text.length > "255.255.255.255".length || !/^\d+\.\d+\.\d+\.\d+$/.test(text)) return undefined;
  const octets = text.split(".").map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  return { bits: 32, value: octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n) };
}

function ipv6(text: string): IpAddress | undefined {
  if (!/^[\da-f:]+$/i.test(text) || !isIPv6(text)) return undefined;
  const [head = [], tail = []] = text.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const gap = new Array<string>(8 - head.length - tail.length).fill("0");
  const value = [...head, ...gap, ...tail].reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
}
