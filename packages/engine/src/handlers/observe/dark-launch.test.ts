import type { MirrorReport, ObserveWork } from '@slipway/core';
import type { MetricSourceProvider, MirrorCounts, RouterCounts, RouterProvider } from '@slipway/provider-kit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { LiveLook } from '../../live/live-look.ts';
import { accessTo, samplePlan, startedLaunch } from '../../testing/sample-launch.ts';
import type { EffectContext } from '../handler.ts';
import { observeHandler } from './observe.ts';

const use = { provider: 'fake', config: {} };
const PLAN = samplePlan({
  environments: { production: { name: 'production', tier: 'production', target: use, router: use } },
  metrics: { errors: { name: 'errors', source: use, unit: 'ratio' } },
});

const WORK: ObserveWork = {
  kind: 'observe',
  environment: 'production',
  newVersion: '2.0.0',
  oldVersion: '1.0.0',
  hold: 120,
  judging: { conditions: [{ cel: 'errors.new < 0.1', metrics: ['errors'] }], minSamples: 10, every: 5, silence: 60 },
  mode: 'decide',
  mirror: { version: '2.0.0', share: 10, methods: ['GET'], compare: { body: null } },
};

const counts = (own: Partial<MirrorCounts> = {}): MirrorCounts => ({
  boot: 'one',
  version: '2.0.0',
  counts: {
    requests: 50,
    answers: { '1xx': 0, '2xx': 40, '3xx': 0, '4xx': 3, '5xx': 5, failed: 2 },
    latency: { 31: 50 },
    inFlight: 0,
    firstRequestAt: 1,
    firstBadAt: 2,
    lastRequestAt: 3,
  },
  given: { 63: 50 },
  compared: 45,
  different: 4,
  differences: { status: 3, body: 1 },
  leftOut: { busy: 1, tooLarge: 2, brokenOff: 3 },
  samples: [{ at: 5, method: 'GET', path: '/api/*', what: 'status', detail: [200, 500] }],
  ...own,
});

/** What the router says of its mirror at its n-th reading, from 0. */
type Says = (reading: number) => MirrorCounts | null | undefined | Promise<never>;

/** The source always has good answers of the new version: of before, or of its own. */
async function observe(says: Says, work: ObserveWork = WORK) {
  let [readings, asked] = [0, 0];
  const source: MetricSourceProvider = {
    kind: 'metric-source',
    name: 'fake',
    schema: z.unknown(),
    needs: [],
    read: async () => {
      readings += 1;
      const good = { kind: 'ratio', bad: 0, total: readings * 10 } as const;
      return { boot: 'one', at: 0, new: good, old: good, exposure: 999, firstBadAt: 7 };
    },
  };
  const router: RouterProvider = {
    kind: 'router',
    name: 'fake',
    schema: z.unknown(),
    needs: [],
    mirrors: true,
    inspect: () => Promise.reject(new Error('nobody asked')),
    shift: () => Promise.reject(new Error('nobody asked')),
    counts: async (): Promise<RouterCounts> => {
      const mirror = await says(asked++);
      return { boot: 'one', at: 0, versions: {}, ...(mirror === undefined ? {} : { mirror }) };
    },
  };
  const looks: LiveLook[] = [];
  const context: EffectContext = {
    launch: startedLaunch(PLAN),
    effect: { id: 'dark:4.0', step: 'dark', class: 'read-only', work, timeout: null, attempts: 1 },
    attempt: 1,
    signal: AbortSignal.timeout(20_000),
    note: null,
    noteDown: async () => true,
    say: () => {},
    look: (look) => void looks.push(look),
  };
  const access = accessTo({ metricSources: { fake: source }, routers: { fake: router } });
  const { data } = await observeHandler(access).run(work, context);
  if (data.kind !== 'verdict') throw new Error('no verdict');
  return { ...data, looks };
}

describe('a version that gets copies only', () => {
  test('is met by nobody, and what the copies showed stands beside the verdict', async () => {
    const { verdict, mirror, looks } = await observe(() => counts());
    expect(verdict).toMatchObject({ decision: 'pass', exposure: 0, firstBadAt: null });
    expect(looks.at(-1)).toMatchObject({ exposure: 0, firstBadAt: null, mirror: { compared: 45, different: 4 } });
    expect(mirror).toEqual({
      version: '2.0.0',
      share: 10,
      boot: 'one',
      copied: 50,
      failed: 7,
      compared: 45,
      different: 4,
      differences: { status: 3, body: 1 },
      leftOut: { busy: 1, tooLarge: 2, brokenOff: 3 },
      latency: {
        new: { p50: expect.closeTo(2, 6), p99: expect.closeTo(2, 6) },
        old: { p50: expect.closeTo(4, 6), p99: expect.closeTo(4, 6) },
      },
      samples: [{ at: 5, method: 'GET', path: '/api/*', what: 'status', detail: [200, 500] }],
    } satisfies MirrorReport);
  });

  test.each<[string, Says, string]>([
    ['that the router forgot', () => null, 'the router of production no longer copies requests to 2.0.0'],
    ['that the router never knew', () => undefined, 'the router of production no longer copies requests to 2.0.0'],
    [
      'in whose place another one gets copies',
      () => counts({ version: '3.0.0' }),
      'the router of production no longer copies requests to 2.0.0',
    ],
    ['of which the router says nothing', () => Promise.reject(new Error('connection refused')), 'connection refused'],
    ['whose router never answers', () => new Promise<never>(() => {}), 'no reading within 5 s'],
  ])(
    'does not pass: %s',
    async (_, says, why) => {
      const { verdict, mirror } = await observe(says);
      expect(verdict).toMatchObject({ decision: 'telemetry-broken', exposure: 0 });
      expect(verdict.sentence).toContain(why);
      expect(mirror).toBeNull();
    },
    15_000,
  );

  test('keeps what was known last of copies that were forgotten on the way', async () => {
    const { verdict, mirror } = await observe((reading) => (reading < 5 ? counts({ compared: reading }) : null));
    expect(verdict.decision).toBe('telemetry-broken');
    expect(mirror).toMatchObject({ compared: 4 });
  });

  test('goes on to a verdict once it is copied to again', async () => {
    const { verdict } = await observe((reading) => (reading < 40 ? null : counts()), { ...WORK, mode: 'watch' });
    expect(verdict.decision).toBe('pass');
  });

  test('has a small report, whatever the router sends', async () => {
    const sample = { at: 5, method: 'GET', path: 'p'.repeat(5_000), what: 'body' as const, detail: 'd'.repeat(5_000) };
    const { mirror } = await observe(() => counts({ samples: Array.from({ length: 1_000 }, () => sample) }));
    expect(JSON.stringify(mirror).length).toBeLessThan(20_000);
  });
});

test('a version that is met has no report of copies', async () => {
  const { mirror: _, ...met } = WORK;
  const data = await observe(() => counts(), met);
  expect(data).toMatchObject({ verdict: { decision: 'pass', exposure: 999, firstBadAt: 7 } });
  expect(data).not.toHaveProperty('mirror');
});
