import { getServers } from 'node:dns';
import { isIP } from 'node:net';

export interface ServerAddress {
  /** IP address, without brackets. */
  readonly address: string;
  readonly port: number;
}

const DNS_PORT = 53;
const BRACKETED = /^\[([0-9a-fA-F:.]+)\](?::(\d{1,5}))?$/;
const WITH_PORT = /^(\d{1,3}(?:\.\d{1,3}){3}):(\d{1,5})$/;

/** Reads `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1` and `[2001:db8::1]:5353`; null for anything else. */
export function parseServerAddress(text: string): ServerAddress | null {
  const [, address = text, port = String(DNS_PORT)] = BRACKETED.exec(text) ?? WITH_PORT.exec(text) ?? [];
  const number = Number(port);
  return isIP(address) === 0 || number < 1 || number > 65_535 ? null : { address, port: number };
}

/** As `parseServerAddress` reads it; the usual port is left out. */
export function formatServerAddress({ address, port }: ServerAddress): string {
  if (port === DNS_PORT) return address;
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

/** The machine's own resolvers, in the order in which they are to be tried. */
export function systemServers(): readonly ServerAddress[] {
  return getServers().flatMap((text) => parseServerAddress(text) ?? []);
}
