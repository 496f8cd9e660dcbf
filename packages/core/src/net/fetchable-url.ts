import ipaddr from "ipaddr.js";
import { inputError } from "../errors.ts";
import { addressRefused, refusalOf } from "./address-rules.ts";

/** RFC 6761 §6.3: never anybody else's; and what Linux distributions write into /etc/hosts beside it. */
const ownNames = /^(?:(?:.+\.)?localhost|localhost\.localdomain|ip6-(?:localhost|loopback))\.?$/;

/** Names under which clouds serve a machine's credentials. */
const credentialNames = /^(?:metadata|metadata\.google\.internal|instance-data(?:\.ec2\.internal)?)\.?$/;

/**
 * What can be told of an address before it is looked up: that it is http(s), and that its host is none that may not be
 * connected to. What its name stands for is judged where it is fetched.
 *
 * @throws GlasswatchError where it may not be fetched from
 */
export function assertFetchable(url: URL, allowPrivate: boolean): void {
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw inputError(
      "address-refused",
      `${url.protocol.slice(0, 20)} addresses are not fetched; only http and https are`,
    );
  }
  // The URL parser has turned decimal, octal and hexadecimal notations into dotted ones by now.
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const reason = ipaddr.isValid(host) ? refusalOf(host, allowPrivate) : refusalOfName(host, allowPrivate);
  if (reason !== null) throw addressRefused(host, `it is ${reason}`);
}

function refusalOfName(host: string, allowPrivate: boolean): string | null {
  if (credentialNames.test(host)) return "a cloud credential service";
  return !allowPrivate && ownNames.test(host) ? "this machine itself" : null;
}
