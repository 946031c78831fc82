import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';

export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

export type ResolveHost = (hostname: string) => Promise<readonly HostAddress[]>;

/** The addresses of a URL's host: itself where it is an address, else what the system's name service says. */
export const resolveHost: ResolveHost = async (hostname) => await lookup(hostname, { all: true });

/** The host of a URL as an IP address (without an IPv6 address's brackets), or null where it is a name. */
export function literalAddress(url: URL): HostAddress | null {
  const address = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(address);
  return family === 0 ? null : { address, family };
}

/** Answers with addresses that were looked up before: asking again could give others than those that were checked. */
export function pinnedLookup(addresses: readonly HostAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else if (first === undefined) callback(new Error('no address'), '');
    else callback(null, first.address, first.family);
  };
}
