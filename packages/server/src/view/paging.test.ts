import type { Launch } from '@slipway/core';
import { describe, expect, it } from 'vitest';
import { pagingOf } from './paging.ts';

const PAGE = { to: ['team'], again: 1, language: 'en', answer: { p1: 300_000 } } as const;
const CAUSE = { kind: 'verdict', step: 'ramp', decision: 'fail', sentence: 'x', page: true } as const;
const PAGES = { cause: CAUSE, openedAt: 1_000, level: 'p1', escalated: 0, times: 2, since: 5_000, newest: [] } as const;
const ANSWER = { step: 'ramp', level: 'p1', pagedAt: 1_000, by: 'ann', pages: 2, escalated: 0, goal: 300_000 } as const;

const launchOf = (own: object): Launch =>
  ({ pages: null, answers: [], plan: { page: PAGE }, ...own }) as unknown as Launch;

describe('paging', () => {
  it.each([
    ['nobody was paged', {}, {}],
    [
      'pages go on',
      { pages: PAGES },
      { paging: { step: 'ramp', level: 'p1', since: 1_000, pages: 2, escalated: 0, answerBy: 301_000 } },
    ],
    ['nothing has been sent yet', { pages: { ...PAGES, times: 0 } }, {}],
    ['the plan pages nobody', { pages: PAGES, plan: {} }, {}],
    [
      'one was answered',
      { answers: [{ ...ANSWER, answeredAt: 61_000 }] },
      { answers: [{ step: 'ramp', level: 'p1', at: 61_000, by: 'ann', took: 60_000, goal: 300_000 }] },
    ],
  ])('where %s', (_, own, expected) => {
    expect(pagingOf(launchOf(own))).toEqual(expected);
  });

  it('has no time to answer by where the level has no goal', () => {
    expect(pagingOf(launchOf({ pages: { ...PAGES, level: 'p3' } })).paging?.answerBy).toBeNull();
  });

  it('took no time at all where the clock was set back in between', () => {
    expect(pagingOf(launchOf({ answers: [{ ...ANSWER, answeredAt: 0 }] })).answers?.[0]?.took).toBe(0);
  });
});
