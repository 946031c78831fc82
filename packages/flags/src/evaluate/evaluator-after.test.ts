import { describe, expect, it } from 'vitest';
import type { FlagDefinition, FlagSetDefinition } from '../definition/flag-definition.ts';
import { createFlagEvaluator } from './create-flag-evaluator.ts';

const plain = (defaultVariant: string): FlagDefinition => ({
  state: 'ENABLED',
  variants: { on: true, off: false },
  defaultVariant,
});
const ruled: FlagDefinition = { ...plain('off'), targeting: { if: [{ $ref: 'french' }, 'on', null] } };
const french = { '==': [{ var: 'country' }, 'FR'] };
const set: FlagSetDefinition = {
  flags: { a: plain('off'), b: ruled },
  $evaluators: { french },
  metadata: { team: 'x' },
};
const first = createFlagEvaluator(set, { bucketing: 'v2' });

const changed: readonly (readonly [string, FlagSetDefinition])[] = [
  ['one flag', { ...set, flags: { ...set.flags, a: plain('on') } }],
  ['a flag that is new', { ...set, flags: { ...set.flags, c: plain('on') } }],
  ['a flag that is gone', { ...set, flags: { b: ruled } }],
  ['a segment', { ...set, $evaluators: { french: { '==': [{ var: 'country' }, 'BE'] } } }],
  ['the metadata of the set', { ...set, metadata: { team: 'y' } }],
  ['nothing', { ...set }],
];

describe.each(changed)('an evaluator made after another one, where what changed is %s', (_what, after) => {
  it('gives what one made from nothing gives', () => {
    const fresh = createFlagEvaluator(after, { bucketing: 'v2' });
    const next = createFlagEvaluator(after, { bucketing: 'v2', after: first });
    expect([...next.flags.keys()]).toEqual([...fresh.flags.keys()]);
    for (const country of ['FR', 'BE'])
      expect(next.evaluateAll({ country }, 0)).toEqual(fresh.evaluateAll({ country }, 0));
  });
});

it('does not compile again what is the same object', () => {
  const next = createFlagEvaluator(
    { ...set, flags: { ...set.flags, a: plain('on') } },
    { bucketing: 'v2', after: first },
  );
  // What a flag comes to is made when it is compiled.
  expect(next.evaluate('b', { country: 'FR' }, 0)).toBe(first.evaluate('b', { country: 'FR' }, 0));
  expect(next.evaluate('a', {}, 0)).not.toBe(first.evaluate('a', {}, 0));
});

it('compiles all anew where people are put into buckets in another way', () => {
  const next = createFlagEvaluator(set, { bucketing: 'v3', after: first });
  expect(next.evaluate('b', { country: 'FR' }, 0)).not.toBe(first.evaluate('b', { country: 'FR' }, 0));
});
