import type { RealServer } from '../../../test/e2e/support/real-server.ts';
import type { Person } from '../evaluator/people.ts';
import { applySet, keyFor } from '../server/flag-server.ts';
import { flagsOf } from '../server/flags-of.ts';
import type { Rounds } from './findings.ts';
import type { Asking } from './load.ts';
import type { Pair } from './pairs.ts';
import type { UnleashServer } from './unleash.ts';

/** A server that is asked for flags. */
export interface AskedServer extends Pick<Rounds, 'label' | 'is'> {
  readonly pid: number;
  /** Gives it the flags of the pair. What it answers has been looked at. */
  prepare(pair: Pair, people: readonly Person[]): Promise<Asking>;
}

export function slipwayServer(server: RealServer, { label, is }: Pick<Rounds, 'label' | 'is'>): AskedServer {
  const prepare = async ({ flags, single }: Pair, people: readonly Person[]): Promise<Asking> => {
    const set = `bench${flags}.production`;
    await applySet(server, set, { flags: flagsOf(flags) });
    const headers = { authorization: `Bearer ${await keyFor(server, set)}`, 'content-type': 'application/json' };
    const bulk = `${server.url}/ofrep/v1/evaluate/flags`;
    const bodies = people.map(({ key, ...rest }) => JSON.stringify({ context: { targetingKey: key, ...rest } }));
    const asking: Asking = { url: single ? `${bulk}/flag-0` : bulk, headers, bodies };
    const answer = (await firstAnswer(asking)) as { readonly flags?: readonly unknown[]; readonly variant?: string };
    const had = single ? Number(answer.variant !== undefined) : (answer.flags?.length ?? 0);
    if (had !== (single ? 1 : flags)) throw new Error(`${label} answered ${had} of ${flags} flags`);
    return asking;
  };
  return { label, is, pid: server.pid, prepare };
}

export function unleashServer(server: UnleashServer, label: string, signal: AbortSignal): AskedServer {
  const prepare = async ({ flags }: Pair, people: readonly Person[]): Promise<Asking> => {
    await server.growTo(flags, signal);
    const headers = { authorization: server.frontendToken, 'content-type': 'application/json' };
    const bodies = people.map(({ key, ...properties }) => JSON.stringify({ context: { userId: key, properties } }));
    const asking: Asking = { url: `${server.url}/api/frontend`, headers, bodies };
    await firstAnswer(asking);
    return asking;
  };
  return { label, is: 'peer', pid: server.pid, prepare };
}

async function firstAnswer({ url, headers, bodies }: Asking): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', headers, body: bodies[0] ?? '' });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return await response.json();
}
