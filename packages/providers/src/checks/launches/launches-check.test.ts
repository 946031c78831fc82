import { assert, constantFrom, integer, property, record, subarray } from 'fast-check';
import {
  type Incident,
  type PastLaunch,
  type PastLaunches,
  type PastRecord,
  RetryableError,
} from '@slipway/provider-kit';
import { contextFor, createTestContext, describeCheckConformance } from '@slipway/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import { criteria } from './criteria.ts';
import { MOST_RECORDS } from './find-proof.ts';
import { launchesCheck } from './index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 24, 9);
const HASH = 'a'.repeat(64);
const ARTIFACT = { name: 'shop', version: '2.0.0', git: 'v2.0.0' };
const own = { id: 'shop-9', artifact: ARTIFACT, planDigest: 'digest' };

/** Completed an hour ago after 50 hours on staging. */
const launch = (given: Partial<PastLaunch> = {}): PastLaunch => ({
  id: 'shop-staging-1',
  plan: 'shop-staging',
  artifact: ARTIFACT,
  planDigest: 'another',
  startedAt: NOW - 52 * HOUR,
  ended: { as: 'completed', at: NOW - HOUR },
  environments: [{ name: 'staging-eu', tier: 'staging', servedAt: NOW - 51 * HOUR, back: null }],
  incidents: [],
  head: { seq: 41, hash: HASH },
  ...given,
});

/** Called off on staging two days ago, and back on 1.0.0. */
const back = (given: Partial<PastLaunch> = {}): PastLaunch =>
  launch({
    ended: { as: 'scrubbed', at: NOW - 2 * DAY },
    environments: [
      { name: 'staging-eu', tier: 'staging', servedAt: NOW - 3 * DAY, back: { to: '1.0.0', at: NOW - 2 * DAY } },
    ],
    incidents: ['rollback'],
    ...given,
  });

/** Newest first. */
const recordsOf = (...records: readonly (PastLaunch | (PastRecord & { readonly ok: false }))[]): PastLaunches => {
  const known = new Map(records.map((each, index) => ['id' in each ? each.id : `broken-${index}`, each]));
  return {
    own,
    list: async () => [...known].map(([id, each]) => ({ id, plan: 'plan' in each ? each.plan : 'shop-staging' })),
    read: async (id) => {
      const found = known.get(id);
      if (found === undefined) return { ok: false, problem: 'there is no such launch' };
      return 'ok' in found ? found : { ok: true, launch: found };
    },
  };
};

const unreadable: PastLaunches = {
  own,
  list: async () => {
    throw new RetryableError('the records of launches cannot be read: the disk is gone');
  },
  read: async () => ({ ok: false, problem: 'none' }),
};

const run = (config: object, launches: PastLaunches) =>
  launchesCheck.run(
    launchesCheck.schema.parse(config),
    contextFor(launchesCheck.needs, createTestContext({ launches, now: () => NOW })),
  );

describeCheckConformance(launchesCheck, async () => {
  const launches: PastLaunches = {
    own,
    list: async () => [
      { id: 'shop-staging-1', plan: 'shop-staging' },
      { id: 'gone-1', plan: 'gone' },
    ],
    read: async (id) => {
      if (id === 'gone-1') throw new RetryableError('the records of launches cannot be read');
      return { ok: true, launch: launch() };
    },
  };
  return {
    context: { launches, now: () => NOW },
    passing: { launch: 'shop-staging', within: '14d', tier: 'staging', without: ['hold'], lasted: '48h' },
    failing: { launch: 'shop-staging', within: '14d', 'way-back': 'verified' },
    cannotAsk: { launch: 'gone', within: '14d' },
    [Symbol.asyncDispose]: async () => undefined,
  };
});

const STAGED = {
  launch: 'shop-staging',
  tier: 'staging',
  within: '14d',
  without: ['rollback', 'page', 'hold'],
  lasted: '48h',
};
const WALKED = { 'way-back': 'verified', tier: 'staging', within: '14d' };
const servedFor = (ms: number) => [
  { name: 'staging', tier: 'staging' as const, servedAt: NOW - HOUR - ms, back: null },
];
const backTo = (to: string | null, tier: 'staging' | 'production' = 'staging') => [
  { name: 'eu', tier, servedAt: null, back: { to, at: NOW - DAY } },
];

describe('what proves it', () => {
  const cases: readonly (readonly [string, object, PastLaunch, 'pass' | 'fail'])[] = [
    ['48 h on staging without anything', STAGED, launch(), 'pass'],
    ['just 48 h', STAGED, launch({ environments: servedFor(48 * HOUR) }), 'pass'],
    ['a moment less', STAGED, launch({ environments: servedFor(48 * HOUR - 1) }), 'fail'],
    ['verified after its end', STAGED, launch({ environments: servedFor(-HOUR / 2) }), 'fail'],
    ['never verified', STAGED, launch({ environments: [] }), 'fail'],
    [
      'served production alone',
      STAGED,
      launch({ environments: [{ name: 'p', tier: 'production', servedAt: 0, back: null }] }),
      'fail',
    ],
    ['was held', STAGED, launch({ incidents: ['hold'] }), 'fail'],
    ['called somebody', STAGED, launch({ incidents: ['page'] }), 'fail'],
    ['another plan', STAGED, launch({ plan: 'shop-demo' }), 'fail'],
    ['held, where that is no matter', { ...STAGED, without: ['rollback'] }, launch({ incidents: ['hold'] }), 'pass'],
    ['another version', STAGED, launch({ artifact: { ...ARTIFACT, version: '2.0.1' } }), 'fail'],
    ['another commit', STAGED, launch({ artifact: { ...ARTIFACT, git: 'v2.0.0-rc' } }), 'fail'],
    ['no commit', STAGED, launch({ artifact: { ...ARTIFACT, git: null } }), 'fail'],
    [
      'another version of the product',
      { ...STAGED, same: 'product' },
      launch({ artifact: { ...ARTIFACT, version: '1' } }),
      'pass',
    ],
    ['another product', { ...STAGED, same: 'product' }, launch({ artifact: { ...ARTIFACT, name: 'blog' } }), 'fail'],
    ['another digest', { ...STAGED, same: 'plan' }, launch(), 'fail'],
    ['the same digest', { ...STAGED, same: 'plan' }, launch({ planDigest: 'digest' }), 'pass'],
    ['it goes on', STAGED, launch({ ended: null }), 'fail'],
    ['too long ago', { ...STAGED, within: '59m' }, launch(), 'fail'],
    ['just in time', { ...STAGED, within: '1h' }, launch(), 'pass'],
    ['ended in the future', { within: '1h' }, launch({ ended: { as: 'completed', at: NOW + 1 } }), 'fail'],
    ['of that environment', { within: '14d', environment: 'staging-eu' }, launch(), 'pass'],
    ['of another one', { within: '14d', environment: 'staging-us' }, launch(), 'fail'],
    ['called off on staging, and back', WALKED, back(), 'pass'],
    ['rolled back', WALKED, back({ ended: { as: 'rolled-back', at: NOW - DAY } }), 'pass'],
    ['not all of it back', WALKED, back({ ended: { as: 'rollback-incomplete', at: NOW - DAY } }), 'fail'],
    ['back to nothing', WALKED, back({ environments: backTo(null) }), 'fail'],
    ['back in production only', WALKED, back({ environments: backTo('1.0.0', 'production') }), 'fail'],
    ['back where nobody looked', WALKED, back({ environments: servedFor(DAY) }), 'fail'],
    ['one of two to nothing', WALKED, back({ environments: [...backTo('1.0.0'), ...backTo(null)] }), 'fail'],
    ['back in the environment', { ...WALKED, environment: 'eu' }, back({ environments: backTo('1.0.0') }), 'pass'],
    ['nothing went wrong', WALKED, launch(), 'fail'],
    ['back by our own word', { ended: 'rolled-back', within: '14d' }, back(), 'pass'],
  ];
  it.each(cases)('%s', async (_name, config, past, verdict) => {
    const result = await run(config, recordsOf(past));
    expect(result.verdict).toBe(verdict);
  });

  it.each([
    [{ 'way-back': 'verified', ended: 'completed' }, /leave ended out/],
    [{ 'way-back': 'verified', without: ['rollback'] }, /leave one of them out/],
    [{ ended: 'rolled-back', without: ['rollback'] }, /leave one of them out/],
    [{ launch: 'Shop Staging' }, /write a name/],
  ])('%j is refused', (config, words) => {
    expect(launchesCheck.schema.safeParse({ within: '1d', ...config }).error?.message).toMatch(words);
  });

  it('has to be told how old it may be', () => {
    expect(launchesCheck.schema.safeParse({ 'way-back': 'verified' }).success).toBe(false);
  });
});

describe('what is told', () => {
  it('of the proof: which, when it ended, and what its record hashes to', async () => {
    const held = launch({ id: 'shop-staging-2', incidents: ['hold'] });
    const { evidence } = await run(STAGED, recordsOf(held, launch(), launch({ id: 'shop-staging-0' })));
    const said = JSON.stringify(evidence);
    expect(evidence.summary).toBe(
      'shop-staging-1 proves it: it ended at 2026-11-24T08:00:00.000Z, and its record is whole',
    );
    expect(said).toContain(`whole: 41 events, up to ${HASH}`);
    expect(evidence.items[0]?.found).toBe('shop-staging-2; shop-staging-1 (proves it)');
    expect(said).not.toContain('shop-staging-0');
  });

  it('where there is none: what would prove it', async () => {
    const { evidence } = await run(STAGED, recordsOf());
    expect(evidence.summary).toBe(
      'No launch proves it (0 looked at). What would: a launch shop-staging of shop 2.0.0 at v2.0.0 that completed within 14d in an environment of tier staging after it had served for 2d with no rollback, no page, no hold',
    );
  });

  it('of those that come near: what they lack', async () => {
    const { evidence } = await run(WALKED, recordsOf(back({ environments: backTo(null) })));
    expect(evidence.items[1]).toEqual({
      asked: 'shop-staging-1: way back',
      found: 'eu back to nothing at 2026-11-23T09:00:00.000Z',
      expected: 'the version before, verified to serve an environment of tier staging',
      verdict: 'fail',
    });
  });
});

describe('a record that was changed', () => {
  const broken = { ok: false, problem: 'Event 4 of shop-staging-1 is not as it was written' } as const;

  it('never proves anything, and is told of', async () => {
    const { verdict, evidence } = await run(STAGED, recordsOf(broken));
    expect(verdict).toBe('fail');
    expect(evidence.items[1]).toMatchObject({ verdict: 'unknown', found: `does not count: ${broken.problem}` });
  });

  it('does not hide another one that does', async () => {
    const { verdict, evidence } = await run(STAGED, recordsOf(broken, launch()));
    expect([verdict, evidence.items[0]?.found]).toEqual([
      'pass',
      `broken-0 (its record does not count: ${broken.problem}); shop-staging-1 (proves it)`,
    ]);
  });
});

it('says nothing of the launches of another product', async () => {
  const { evidence } = await run(
    { within: '14d' },
    recordsOf(launch({ id: 'blog-1', artifact: { ...ARTIFACT, name: 'blog' } })),
  );
  expect(JSON.stringify(evidence)).not.toContain('blog');
  expect(evidence.items[0]).toMatchObject({ asked: 'launches of this product, of 1 records', found: 'none' });
});

it('reads so many records and no more, and says how many it left', async () => {
  let read = 0;
  const launches: PastLaunches = {
    own,
    list: async () => Array.from({ length: MOST_RECORDS + 7 }, (_, number) => ({ id: `shop-${number}`, plan: 'shop' })),
    read: async (id) => {
      read += 1;
      return { ok: true, launch: launch({ id, incidents: ['hold'] }) };
    },
  };
  const { verdict, evidence } = await run(STAGED, {
    ...launches,
    list: async () => (await launches.list()).map((each) => ({ ...each, plan: 'shop-staging' })),
  });
  expect([verdict, read]).toEqual(['fail', MOST_RECORDS]);
  expect(evidence.summary).toContain('7 older ones were not read: name the plan with launch');
  expect(evidence.items).toHaveLength(21);
});

it('is tried again where the records cannot be read', async () => {
  await expect(run(STAGED, unreadable)).rejects.toThrow(RetryableError);
});

describe('what is asked for more strictly', () => {
  const pasts = record({
    as: constantFrom('completed', 'scrubbed', 'rolled-back', 'rollback-incomplete'),
    ago: integer({ min: -2, max: 40 }),
    served: integer({ min: 0, max: 100 }),
    incidents: subarray<Incident>(['rollback', 'page', 'hold']),
    to: constantFrom(null, '1.0.0'),
  });
  const passes = (config: object, past: PastLaunch): boolean =>
    criteria(past, { config: launchesCheck.schema.parse(config), own, now: NOW }).every(
      ({ verdict }) => verdict === 'pass',
    );

  it('is proved by no launch that does not prove the looser', () => {
    const stricter = record({
      within: integer({ min: 1, max: 30 }),
      lasted: integer({ min: 1, max: 60 }),
      without: subarray(['page', 'hold']),
    });
    assert(
      property(pasts, stricter, ({ as, ago, served, incidents, to }, more) => {
        const at = NOW - ago * DAY;
        const environments = [{ name: 'eu', tier: 'staging' as const, servedAt: at - served * HOUR, back: { to, at } }];
        const past = launch({ ended: { as, at }, environments, incidents });
        const loose = { within: '30d', tier: 'staging' };
        const strict = { ...loose, within: `${more.within}d`, lasted: `${more.lasted}h`, without: more.without };
        const hasGoneBack = (as === 'scrubbed' || as === 'rolled-back') && to === '1.0.0';
        const isLoose = !passes(strict, past) || passes(loose, past);
        return isLoose && (hasGoneBack || !passes({ ...strict, 'way-back': 'verified' }, past));
      }),
    );
  });
});
