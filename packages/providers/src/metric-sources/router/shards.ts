import type { AnswerCounts, RouterCounts, ShardCount, ShardSource } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { ratioReading, sum } from './reading-of.ts';
import type { RouterQuery } from './schema.ts';

/** The instances of a version, as the router counts what each of them answered. */
export const routerShards: ShardSource<RouterQuery, 'routerCounts'> = {
  kind: 'live',
  async read(query, { environment, version }, context) {
    refuse(query);
    context.signal.throwIfAborted();
    const counts = await context.routerCounts(environment);
    const shards = Object.entries(instancesOf(counts, version)).map(([name, answers]) => shardOf(query, name, answers));
    return { boot: counts.boot, at: counts.at, shards };
  },
};

function refuse(query: RouterQuery): void {
  if ('quantile' in query) throw new TerminalError('the router keeps no latency by instance: calibrate a ratio');
  if (query.per === 'visitor')
    throw new TerminalError('the router does not count visitors by instance: calibrate it per request');
  if (query.ratio === 'mirror-differences')
    throw new TerminalError('a difference is one between two versions: one version alone cannot be calibrated on it');
}

function instancesOf({ versions }: RouterCounts, version: string): Readonly<Record<string, AnswerCounts>> {
  const counts = Object.hasOwn(versions, version) ? versions[version] : undefined;
  if (counts === undefined) throw new TerminalError(`the router has not seen version ${version}`);
  const { instances } = counts;
  if (instances === undefined) {
    throw new TerminalError(
      'this router cannot tell the instances of a version apart: it takes the router haproxy, or builtin, started by this Slipway or a later one',
    );
  }
  if (Object.keys(instances).length === 0) throw new TerminalError(`the router has no instance of ${version}`);
  return instances;
}

/** Throws TerminalError for counts that cannot be. */
function shardOf(query: RouterQuery, name: string, answers: AnswerCounts): ShardCount {
  const bad =
    'ratio' in query && query.ratio === 'client-errors' ? answers['4xx'] : sum([answers['5xx'], answers.failed]);
  const reading = ratioReading(bad, sum(Object.values(answers)));
  if (reading.kind !== 'ratio') throw new TerminalError(`${name}: the router gave counts that cannot be`);
  return { name, bad: reading.bad, total: reading.total };
}
