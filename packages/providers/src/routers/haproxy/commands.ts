import { RetryableError } from '@slipway/provider-kit';
import { parseListen } from '../builtin/listen.ts';
import type { Weighed } from './apportion.ts';
import type { Backend, Server } from './backend.ts';
import { hostPort, printable } from './replies.ts';
import { maxLineBytes } from './runtime-api.ts';

type Wanted = ReadonlyMap<string, Weighed>;

/**
 * What to say to HAProxy so that its servers are as wanted, in an order in which there is a server at every moment: what gains comes
 * before what loses. Servers that lose all traffic are put in maintenance and not in drain: a drained one still takes the clients
 * that its cookie names, and nobody may meet a version that was rolled back. What is in flight ends there.
 */
export function commandsFor(backend: Backend, name: string, wanted: Wanted): readonly string[] {
  const of = (server: Server, what: string): string => `set server ${name}/${server.name} ${what}`;
  const changes = backend.servers.map((server) => ({ server, want: wanted.get(server.name) }));
  const begin = changes.flatMap(({ server, want }) => {
    if (want === undefined || isAs(server, want)) return [];
    if (server.ready && server.address === addressOf(want)) return [];
    return [
      ...(server.maintenance ? [] : [of(server, 'state maint')]),
      ...(server.address === addressOf(want) ? [] : [of(server, addressCommand(want))]),
      of(server, `weight ${want.weight}`),
      of(server, 'state ready'),
    ];
  });
  const reweigh = (wins: boolean): readonly string[] =>
    changes.flatMap(({ server, want }) => {
      if (want === undefined || !server.ready || server.address !== addressOf(want)) return [];
      const changed = wins ? want.weight > server.weight : want.weight < server.weight;
      return changed ? [of(server, `weight ${want.weight}`)] : [];
    });
  const end = changes.flatMap(({ server, want }) =>
    want === undefined && !server.maintenance ? [of(server, 'state maint')] : [],
  );
  return [...begin, ...reweigh(true), ...reweigh(false), ...end];
}

/** As many commands a line as HAProxy reads at once. */
export function inLines(commands: readonly string[]): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let length = Infinity;
  for (const command of commands) {
    if (length + command.length + 1 > maxLineBytes) {
      lines.push([]);
      length = 0;
    }
    lines.at(-1)?.push(command);
    length += command.length + 1;
  }
  return lines;
}

/** Throws RetryableError where a server is not as it was set. `refused` are the replies that HAProxy gave and no one expects. */
export function refuseOther(backend: Backend, wanted: Wanted, refused: readonly string[]): void {
  const missing = [...wanted.keys()].filter((name) => !backend.servers.some((server) => server.name === name));
  const other = backend.servers.find((server) => {
    const want = wanted.get(server.name);
    return want === undefined ? !server.maintenance : !isAs(server, want);
  });
  const name = other?.name ?? missing[0];
  if (name === undefined) return;
  const [reply] = refused;
  const why = reply === undefined ? 'is somebody else changing it?' : `HAProxy said "${printable(reply)}"`;
  throw new RetryableError(`HAProxy's server ${name} is not as it was set: ${why}`);
}

function isAs(server: Server, want: Weighed): boolean {
  return server.ready && server.address === addressOf(want) && server.weight === want.weight;
}

function addressOf(want: Weighed): string {
  const { host, port } = listenOf(want);
  return hostPort(host, port);
}

function addressCommand(want: Weighed): string {
  const { host, port } = listenOf(want);
  return `addr ${host} port ${port}`;
}

function listenOf({ address }: Weighed): { host: string; port: number } {
  const listen = parseListen(address);
  if (listen === null) throw new TypeError(`${address} is no address: none such is accepted`);
  return listen;
}
