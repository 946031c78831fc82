import type { ObserveWork, Verdict } from '@slipway/core';
import { describe, expect, it } from 'vitest';
import { sampleContext } from '../../testing/sample-context.ts';
import { CompiledConditions } from './compiled-conditions.ts';
import { Triggers } from './triggers.ts';

const when = { cel: 'errors.new > 0.05', metrics: ['errors'] };
const trigger = (wait: number) => ({ when, for: wait, deed: { kind: 'hold' } as const });

const work = (waits: readonly number[]): ObserveWork => ({
  kind: 'observe',
  environment: 'production',
  newVersion: '2.0.0',
  oldVersion: null,
  hold: 120,
  judging: { conditions: [], triggers: waits.map(trigger), minSamples: 0, every: 5, silence: 60 },
  mode: 'decide',
});

/** true: the trigger is; null: nobody could tell. */
type Seen = boolean | null;
const finding = (seen: Seen): Verdict['findings'][number] => ({
  condition: 'c',
  holds: seen === null ? 'unknown' : seen ? 'no' : 'yes',
  values: { errors: { new: 0.06, old: null } },
});

async function pulledBy(waits: readonly number[], looks: readonly (readonly Seen[])[], stores = true) {
  const pulled: [number, string][] = [];
  const context = sampleContext(work(waits), {
    pull: async (index, found) => {
      pulled.push([index, found]);
      return stores;
    },
  });
  const triggers = new Triggers(work(waits), context, new CompiledConditions());
  for (const [index, seen] of looks.entries()) await triggers.look(seen.map(finding), index * 10);
  return pulled.map(([index]) => index);
}

describe('triggers', () => {
  it.each<[string, readonly number[], readonly (readonly Seen[])[], readonly number[]]>([
    ['act once', [0], [[true], [true]], [0]],
    ['that are not true do nothing', [0], [[false], [false]], []],
    ['of which nothing is known do nothing', [0], [[null], [null]], []],
    ['wait for their time', [20], [[true], [true]], []],
    ['act when it is over', [20], [[true], [true], [true]], [0]],
    ['begin anew when they were not true', [20], [[true], [false], [true], [true]], []],
    ['are not put off by a look that could not tell', [20], [[true], [null], [true]], [0]],
    ['do not act on a look that could not tell', [20], [[true], [true], [null]], []],
    [
      'act one a look, the first before the next',
      [0, 0],
      [
        [true, true],
        [true, true],
      ],
      [0, 1],
    ],
    ['leave those out that wait', [50, 0], [[true, true]], [1]],
  ])('%s', async (_, waits, looks, pulled) => {
    expect(await pulledBy(waits, looks)).toEqual(pulled);
  });

  it('say it again while it is not stored', async () => {
    expect(await pulledBy([0], [[true], [true]], false)).toEqual([0, 0]);
  });

  it.each([
    [0.06, false],
    [0.04, true],
  ])('are conditions that hold while they are not true: errors %d', (fresh, holds) => {
    const [condition] = new Triggers(work([0]), sampleContext(work([0])), new CompiledConditions()).conditions;
    const result = condition?.evaluate({ errors: { new: fresh, old: Number.NaN } });
    expect(result).toEqual({ ok: true, value: holds });
  });

  it('do not hold where a value is missing', () => {
    const [condition] = new Triggers(work([0]), sampleContext(work([0])), new CompiledConditions()).conditions;
    expect(condition?.evaluate({ errors: { new: Number.NaN, old: 0 } }).ok).toBe(false);
  });
});
