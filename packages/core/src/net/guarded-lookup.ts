import { type LookupAddress, type LookupOptions, lookup } from "node:dns";
import { addressRefused, refusalOf } from "./address-rules.ts";

/** Gives every address of a host name, as `dns.lookup` with `all` does. */
export type Resolver = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A `lookup` for `net.connect` that resolves once and hands over only addresses that may be connected to. The socket goes
 * to what was checked, so that a name which answers differently a moment later changes nothing.
 */
export function guardedLookup(allowPrivate: boolean, resolver: Resolver = lookup) {
  return (
    hostname: string,
    options: LookupOptions,
    callback: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
  ): void => {
    resolver(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const allowed = addresses.filter(({ address }) => refusalOf(address, allowPrivate) === null);
      const [first] = allowed;
      if (first === undefined) return callback(refusedHost(hostname, addresses, allowPrivate), []);
      if (options.all) return callback(null, allowed);
      callback(null, first.address, first.family);
    });
  };
}

function refusedHost(hostname: string, addresses: readonly LookupAddress[], allowPrivate: boolean): Error {
  const reason = refusalOf(addresses[0]?.address ?? "", allowPrivate) ?? "no address";
  return addressRefused(hostname, `it resolves to ${reason}`);
}
