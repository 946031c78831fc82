import { describe, expect, it } from 'vitest';
import { Statements } from './statements.ts';

describe('statements', () => {
  it('have the same name for the same text, and never for another one', () => {
    const statements = new Statements();
    const [one, two] = [statements.of('select ?1'), statements.of('select ?1, ?2')];
    expect(one).toMatchObject({ text: 'select $1', name: expect.stringMatching(/./) });
    expect(statements.of('select ?1')).toEqual(one);
    expect(two.name).not.toBe(one.name);
  });

  it.each(['begin', 'create table t (a text)', 'set search_path to slipway', 'withhold 1'])(
    'have none where there is nothing to plan: %s',
    (sql) => {
      expect(new Statements().of(sql)).toEqual({ text: sql });
    },
  );

  it('have no more names than a connection should keep', () => {
    const statements = new Statements();
    const all = Array.from({ length: 1_000 }, (_, index) => statements.of(`select ${index}`));
    expect(new Set(all.flatMap(({ name }) => name ?? [])).size).toBe(200);
    expect(all.at(-1)).toEqual({ text: 'select 999' });
    expect(statements.of('select 0').name).toBe(all[0]?.name);
  });
});
