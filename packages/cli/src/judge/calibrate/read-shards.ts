import type { ShardCounts } from '@slipway/judge';
import { z } from 'zod';
import { Failure } from '../../failure.ts';
import type { Messages } from '../../messages/messages.ts';
import { MOST_PROBLEMS } from '../most-problems.ts';
import { parsedJson } from '../read-text.ts';
import { MOST_SHARD_SECONDS, MOST_SHARDS } from './shard-bounds.ts';
import { shardsOfCsv } from './shards-of-csv.ts';

const counts = z.array(z.array(z.number().nonnegative()).min(1).max(MOST_SHARDS)).min(1).max(MOST_SHARD_SECONDS);

/** By second and shard. */
const shardFile = z.strictObject({ units: counts, bad: counts }).superRefine(({ units, bad }, context) => {
  const shards = units[0]?.length ?? 0;
  const isEven = units.length === bad.length && [...units, ...bad].every(({ length }) => length === shards);
  if (!isEven) context.addIssue({ code: 'custom', message: 'units and bad are not of one shape' });
  for (const [second, row] of bad.entries()) {
    const shard = row.findIndex((count, index) => count > (units[second]?.[index] ?? 0));
    if (shard < 0) continue;
    context.addIssue({ code: 'custom', message: 'more than the units', path: ['bad', second, shard] });
    return;
  }
});

/** Shards of the old version, second by second, from CSV or JSON. Throws Failure with what is wrong and where. */
export function readShards(text: string, file: string, m: Messages): readonly ShardCounts[] {
  const isJson = text.trimStart().startsWith('{');
  const { series, problems } = isJson ? ofJson(text, file) : ofCsv(text, file, m);
  if (problems.length === 0) return series;
  throw new Failure('wrong-input', m.judge.noShards(file), problems.slice(0, MOST_PROBLEMS));
}

interface Read {
  readonly series: readonly ShardCounts[];
  readonly problems: readonly string[];
}

function ofJson(text: string, file: string): Read {
  const parsed = shardFile.safeParse(parsedJson(text));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${file}: ${path.map(String).join('.')}: ${message}`,
    );
    return { series: [], problems };
  }
  const { units, bad } = parsed.data;
  return { series: units.map((each, second) => ({ units: each, bad: bad[second] ?? [] })), problems: [] };
}

function ofCsv(text: string, file: string, m: Messages): Read {
  const { series, problems } = shardsOfCsv(text, m);
  return { series, problems: problems.map(({ line, words }) => `${file}:${line}: ${words}`) };
}
