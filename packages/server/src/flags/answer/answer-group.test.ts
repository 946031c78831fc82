import type { FlagVariant } from '@slipway/engine';
import { createFlagEvaluator, type EvaluationContext, type FlagDefinition, type Json } from '@slipway/flags';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GroupPieces, groupsOf } from './answer-group.ts';
import { answerPiece } from './answer-piece.ts';
import { itemText } from './evaluation-text.ts';
import { countExposures, SetAnswers } from './set-answers.ts';

const ON_OFF = { on: true, off: false };
const ruled = (targeting: Json): FlagDefinition => ({
  state: 'ENABLED',
  variants: ON_OFF,
  defaultVariant: 'off',
  targeting,
});
const KINDS: Readonly<Record<string, FlagDefinition>> = {
  plain: { state: 'ENABLED', variants: ON_OFF, defaultVariant: 'on' },
  disabled: { state: 'DISABLED', variants: ON_OFF, defaultVariant: 'on' },
  country: ruled({ if: [{ '==': [{ var: 'country' }, 'fr'] }, 'on'] }),
  share: ruled({
    fractional: [
      ['on', 50],
      ['off', 50],
    ],
  }),
  // The context names the variant: there is no end to what it may come to.
  named: ruled({ var: 'plan' }),
  many: {
    ...ruled({ var: 'plan' }),
    variants: Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`v${index}`, index])),
    defaultVariant: 'v0',
  },
};

const kinds = fc.array(fc.constantFrom(...Object.keys(KINDS)), { minLength: 0, maxLength: 40 });
const contexts = fc.array(
  fc.record(
    {
      targetingKey: fc.oneof(fc.constantFrom('ada', 'bob', 'zoë'), fc.integer()),
      country: fc.constantFrom('fr', 'de'),
      plan: fc.oneof(fc.constantFrom('on', 'v7'), fc.string({ maxLength: 5 })),
    },
    { requiredKeys: [] },
  ),
  { minLength: 1, maxLength: 12 },
);

function answersOf(names: readonly string[]) {
  const flags = Object.fromEntries(names.map((name, index) => [`${name}-${index}`, KINDS[name] ?? {}]));
  const definition = { flags: flags as Readonly<Record<string, FlagDefinition>>, metadata: {} };
  const evaluator = createFlagEvaluator(definition, { bucketing: 'v2' });
  const counted: FlagVariant[] = [];
  const served = { set: 'shop', definition, evaluator };
  const answers = new SetAnswers(served as never, (met) => ({ count: () => void counted.push(...met) }));
  return { answers, evaluator, counted };
}

it('says of each flag what it comes to alone, in the order of the set, whoever asked before', () => {
  fc.assert(
    fc.property(kinds, contexts, (names, asked) => {
      const { answers, evaluator, counted } = answersOf(names);
      for (const context of asked as readonly EvaluationContext[]) {
        const bulk = answers.bulk({ context, now: 0, stale: false });
        const { text, bytes } = bulk;
        const resolutions = evaluator.evaluateAll(context, 0);
        const items = resolutions.map(itemText).join(',');
        counted.length = 0;
        countExposures(bulk);
        expect(counted).toEqual(resolutions.flatMap(({ key, variant }) => (variant ? [{ flag: key, variant }] : [])));
        expect(text).toBe(`"flags":[${items}],"metadata":{"flagSetId":"shop"}`);
        expect(bytes).toBe(Buffer.byteLength(text));
      }
    }),
  );
});

it.each([
  ['once what many come to', { plan: 'on' }, 1],
  ['anew what a context made up', { plan: 'x' }, 3],
])('writes %s', (_what, context, times) => {
  const { evaluator } = answersOf(['country', 'named', 'plain']);
  const [group = []] = groupsOf(evaluator.flags.values()).groups;
  let written = 0;
  const pieces = new GroupPieces(group, (resolutions) => {
    written += 1;
    return answerPiece(resolutions, false, () => ({ count: () => {} }));
  });
  const texts = [1, 2, 3].map(() => pieces.piece(context, 0).text);
  expect([new Set(texts).size, written]).toEqual([1, times]);
});

it('answers few enough flags together that all they may come to can be kept', () => {
  const names = ['country', 'country', 'country', 'country', 'many', 'country', ...Array<string>(20).fill('plain')];
  const { groups } = groupsOf(answersOf(names).evaluator.flags.values());
  expect(groups.map((group) => group.length)).toEqual([3, 1, 1, 1]);
});
