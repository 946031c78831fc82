import { describe, expect, it } from 'vitest';
import { planOf, problemsIn, withSteps } from '../testing/problems.ts';

const soak = (keys: string): string =>
  withSteps(`- soak: staging
  for: 48h
  while: ['errors.new < 0.1']
  ${keys.split('\n').join('\n  ')}`);

const TIERS = 'tiers: [{ every: 10m, until: 6h }, { every: 30m, until: 24h }, { every: 2h, until: 48h }]';
const CHECKS = 'checks: [{ http: { url: "https://shop.example/" } }]';
const REVIEW = 'review: { by: rm }';

describe('a soak is refused where', () => {
  it.each([
    ['nothing is due in its tiers', TIERS, 'nothing is due in these tiers'],
    ['it is not said how often checks are due', CHECKS, '"tiers", such as'],
    ['it is not said how often a review is due', REVIEW, 'it is not said how often this is due'],
    [
      'a tier ends before it begins',
      `tiers: [{ every: 1h, until: 24h }, { every: 1h, until: 6h }]\n${REVIEW}`,
      'and begins at',
    ],
    [
      'a tier is over before its first look',
      `tiers: [{ every: 6h, until: 1h }, { every: 1h, until: 48h }]\n${REVIEW}`,
      'before the first look',
    ],
    ['the last tier ends early', `tiers: [{ every: 1h, until: 24h }]\n${REVIEW}`, 'the soak after 48h, expected 48h'],
    ['too much is due', `tiers: [{ every: 1m, until: 48h }]\n${REVIEW}`, 'due 2880 times in these tiers'],
    ['nobody holds the role', `${TIERS}\nreview: { by: boss }`, 'there is no role "boss"'],
    ['there is no such check', `${TIERS}\nchecks: [{ htp: {} }]`, 'there is no check "htp"'],
    ['a check is wrong in itself', `${TIERS}\nchecks: [{ http: { url: 3 } }]`, 'url'],
    ['checks are no list', `${TIERS}\nchecks: { http: {} }`, 'checks'],
    ['a criterion cannot be used', 'success: [errors.new <]', 'this condition cannot be used'],
    ['a criterion names nothing', 'success: ["orphans.new < 1"]', 'orphans'],
  ])('%s', (_name, keys, problem) => {
    const problems = problemsIn(soak(keys));
    expect(problems.filter((each) => each.includes(problem))).toHaveLength(1);
  });
});

it('a soak with tiers, checks, a review and criteria of success', () => {
  const hour = 3_600_000;
  const plan = planOf(soak(`${TIERS}\n${CHECKS}\n${REVIEW}\nsuccess: ["latency.new < 500"]`));
  expect(plan.steps['soak-staging']).toMatchObject({
    hold: 48 * hour,
    judging: { success: [{ cel: 'latency.new < 500', metrics: ['latency'] }] },
    care: {
      tiers: [
        { every: hour / 6, until: 6 * hour },
        { every: hour / 2, until: 24 * hour },
        { every: 2 * hour, until: 48 * hour },
      ],
      checks: [{ provider: 'http', config: { url: 'https://shop.example/' } }],
      review: { by: 'rm', at: 'tier-end' },
    },
  });
});

it('a soak without tiers resolves as it always did', () => {
  expect(Object.keys(planOf(soak('min-samples: 3')).steps['soak-staging'] ?? {})).not.toContain('care');
});
