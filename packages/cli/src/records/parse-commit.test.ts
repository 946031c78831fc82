import { commit } from '@slipway/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCommit } from './parse-commit.ts';

const HASH = '0c5c2b7a9d0c5c2b7a9d0c5c2b7a9d0c5c2b7a9d';
const parse = (message: string) => parseCommit({ hash: HASH, at: 1, message });

describe('a commit message', () => {
  test.each([
    ['feat: pay with one click', { type: 'feat', scope: null, subject: 'pay with one click', breaking: false }],
    ['fix(cart): round to even', { type: 'fix', scope: 'cart', subject: 'round to even' }],
    ['feat(api)!: one order API', { type: 'feat', scope: 'api', breaking: true, breakingNote: '' }],
    [
      'feat: new API\n\nBREAKING CHANGE: v1 is gone\nask v2',
      { breaking: true, breakingNote: expect.stringContaining('v1 is gone') },
    ],
    ['fix: it (#12)\n\nCloses #42', { references: ['#12', '#42'] }],
    ['Merge nothing at all', { type: null, scope: null, subject: 'Merge nothing at all', breaking: false }],
    ['\n\nlate first line', { type: null, subject: 'late first line' }],
    ['', { type: null, subject: '' }],
  ])('%j', (message, expected) => {
    expect(parse(message)).toMatchObject(expected);
  });

  test('of any text is what the wire takes, and ends soon', () => {
    const any = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 3_000 }),
      fc.constantFrom('a', '(', '!', ': ', '#', '\n', '-').chain((part) => fc.nat(20_000).map((n) => part.repeat(n))),
    );
    fc.assert(
      fc.property(any, (message) => {
        expect(commit.safeParse(parse(message)).success).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
