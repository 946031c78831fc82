import type { TokenRow } from '@slipway/engine';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../flags/testing/manual-clock.ts';
import { KnownTokens } from './known-tokens.ts';

const ADA: TokenRow = { id: 'one', person: 'ada@shop.example', role: 'member', createdAt: 1 };

async function world() {
  const [clock, errors, stopping] = [new ManualClock(), [] as unknown[], new AbortController()];
  const rows = new Map([['ada', ADA]]);
  const table: { answers: 'yes' | 'no' | 'never'; reads: number } = { answers: 'yes', reads: 0 };
  const answer = async <Value>(value: () => Value): Promise<Value> => {
    if (table.answers === 'never') await new Promise(() => {});
    if (table.answers === 'no') throw new Error('the database is away');
    return value();
  };
  const known = new KnownTokens({
    tokens: {
      findByHash: (hash) => answer(() => rows.get(hash) ?? null),
      all: () => {
        table.reads += 1;
        return answer(() => [...rows].map(([hash, row]) => ({ ...row, hash })));
      },
    },
    clock,
    onError: (error) => errors.push(error),
  });
  void known.run(stopping.signal);
  await clock.pass(0);
  return { clock, errors, rows, table, known, stopping };
}

describe('KnownTokens', () => {
  it('says what the database says, where it answers', async () => {
    const { known, rows } = await world();
    expect(await known.findByHash('ada')).toEqual(ADA);
    expect(await known.findByHash('bob')).toBeNull();
    rows.delete('ada');
    expect(await known.findByHash('ada')).toBeNull();
    rows.set('bob', { ...ADA, id: 'two' });
    expect((await known.findByHash('bob'))?.id).toBe('two');
  });

  it.each(['no', 'never'] as const)('knows a token where the database answers: %s', async (answers) => {
    const { known, table, clock } = await world();
    table.answers = answers;
    const found = known.findByHash('ada');
    await clock.pass(300);
    expect(await found).toMatchObject({ person: ADA.person, role: 'member' });
  });

  it('lets nobody in whom it does not know', async () => {
    const { known, table } = await world();
    table.answers = 'no';
    await expect(known.findByHash('bob')).rejects.toThrow('away');
  });

  it('forgets what is revoked within ten seconds, and keeps what it knew while nobody answers', async () => {
    const { known, table, clock, rows, errors, stopping } = await world();
    table.answers = 'no';
    await clock.pass(60_000);
    expect([errors.length > 0, await known.findByHash('ada')]).toMatchObject([true, { person: ADA.person }]);
    table.answers = 'yes';
    rows.delete('ada');
    await clock.pass(10_000);
    table.answers = 'no';
    await expect(known.findByHash('ada')).rejects.toThrow('away');
    stopping.abort();
    const { reads } = table;
    await clock.pass(60_000);
    expect(table.reads).toBeLessThanOrEqual(reads + 1);
  });
});
