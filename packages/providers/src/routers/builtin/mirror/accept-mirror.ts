import { METHODS } from 'node:http';
import type { Comparison, Mirror, Split } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import parseJsonPath from 'jsonpath-rfc9535/parser';
import { z } from 'zod';
import { parseListen } from '../listen.ts';

const longestPath = 1_000;
const mostPaths = 50;

const paths = z.array(z.string().min(1).max(longestPath)).max(mostPaths);

/** A mirror as it crosses to the router's process. Bounded: 1,000 addresses, 50 JSON paths of each kind. */
export const mirrorSchema = z.strictObject({
  version: z.string().min(1).max(200),
  addresses: z.array(z.string().max(300)).min(1).max(1_000),
  share: z.number().min(1).max(100),
  methods: z.array(z.string().max(30)).min(1).max(20),
  compare: z.strictObject({ body: z.strictObject({ only: paths, ignore: paths }).nullable() }),
}) satisfies z.ZodType<Mirror>;

/** CONNECT asks for a tunnel: there is no answer to compare. */
const copied: ReadonlySet<string> = new Set(METHODS.filter((method) => method !== 'CONNECT'));

/** Throws TerminalError for a mirror that cannot be sent copies, and for one whose version has clients of its own. */
export function refuseUnfitMirror(mirror: Mirror, backends: Split['backends']): void {
  const { version, addresses, share, methods, compare } = mirror;
  if (Object.hasOwn(backends, version)) {
    throw new TerminalError(`${version} is mirrored to and routed to: its answers would be compared with its own`);
  }
  if (addresses.length === 0) {
    throw new TerminalError(`${version} is to be mirrored to and has no ready instance: start it first`);
  }
  const bad = addresses.find((address) => (parseListen(address)?.port ?? 0) === 0);
  if (bad !== undefined) throw new TerminalError(`${version} has the address ${bad}: it must be host:port`);
  if (!(share >= 1 && share <= 100)) throw new TerminalError(`The mirror's share is ${share}: it must be 1 to 100`);
  if (methods.length === 0) throw new TerminalError('The mirror names no method: name one, such as GET');
  const unknown = methods.find((method) => !copied.has(method));
  if (unknown !== undefined) {
    throw new TerminalError(`The mirror names the method ${unknown}: no copy can be made of it. Write it in capitals`);
  }
  refusePaths(compare);
  const bounded = mirrorSchema.safeParse(mirror);
  if (!bounded.success) throw new TerminalError(`The mirror is out of bounds: ${z.prettifyError(bounded.error)}`);
}

function refusePaths({ body }: Comparison): void {
  if (body === null) return;
  const wrong = [...body.only, ...body.ignore].find((path) => path.length > longestPath || !isJsonPath(path));
  if (wrong === undefined) return;
  throw new TerminalError(
    `The mirror compares ${wrong.slice(0, 200)}: that is not a JSONPath (RFC 9535), like $.items[0].id`,
  );
}

function isJsonPath(path: string): boolean {
  try {
    parseJsonPath(path);
    return true;
  } catch {
    return false;
  }
}
