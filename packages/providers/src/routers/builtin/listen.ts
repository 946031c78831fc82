import { isIPv6 } from 'node:net';

/** Where a server listens. The host is an IP address (IPv6 without brackets) or a name; port 0 stands for any free one. */
export interface Listen {
  readonly host: string;
  readonly port: number;
}

const loopback = '127.0.0.1';
const form = /^(?:\[(?<six>[0-9A-Fa-f:.]+)\]|(?<host>[A-Za-z0-9.-]+)):(?<port>\d{1,5})$/;

/** A bare port means the loopback address: to be reached from other machines is written out. Null for what is not an address. */
export function parseListen(listen: string | number): Listen | null {
  if (typeof listen === 'number') return { host: loopback, port: listen };
  const groups = form.exec(listen)?.groups;
  const host = groups?.['six'] ?? groups?.['host'];
  const port = Number(groups?.['port']);
  if (host === undefined || port > 65_535) return null;
  if (groups?.['six'] !== undefined && !isIPv6(host)) return null;
  return { host, port };
}

/** `127.0.0.1:8080`, `[::1]:8080`. */
export function formatListen({ host, port }: Listen): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** Where clients on this machine connect. The addresses that mean "every interface" are no destinations. */
export function clientAddress({ host, port }: Listen): string {
  const destination = host === '0.0.0.0' ? loopback : host === '::' ? '::1' : host;
  return `http://${formatListen({ host: destination, port })}`;
}
