import type { MirrorReport, ObserveWork } from '@slipway/core';
import type {
  MetricSourceProvider,
  MirrorCounts,
  RouterCounts,
  RouterProvider,
  Split,
  TargetProvider,
} from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { LiveLook } from '../../live/live-look.ts';
import { FakeFlags } from '../../testing/fake-flags.ts';
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
  leftOut: { busy: 1, tooLarge: 2, brokenOff: 3, unselected: 4 },
  samples: [{ at: 5, method: 'GET', path: '/api/*', what: 'status', detail: [200, 500] }],
  ...own,
});

/** What the router says of its mirror at its n-th reading, from 0. */
type Says = (reading: number) => MirrorCounts | null | undefined | Promise<never>;

/** What the router says of its split, and does when it is told one; what runs. */
interface Place {
  readonly routed?: () => Record<string, number>;
  readonly told?: (split: Split) => void;
  readonly running?: readonly string[];
}

const instance = (id: string) => ({ id, address: `127.0.0.1:${id}`, ready: true, restarts: 0 });

/** The source always has good answers of the new version: of before, or of its own. */
async function observe(says: Says, work: ObserveWork = WORK, place: Place = {}) {
  const { routed = () => ({ '1.0.0': 100 }), told, running = ['1.0.0', '2.0.0'] } = place;
  let [readings, asked] = [0, 0];
  const splits: Split[] = [];
  const state = () => ({ weights: routed(), revision: splits.length, address: 'http://127.0.0.1:1' });
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
    inspect: async () => state(),
    shift: async (_config, _place, split) => {
      told?.(split);
      splits.push(split);
      return state();
    },
    counts: async (): Promise<RouterCounts> => {
      const mirror = await says(asked++);
      return { boot: 'one', at: 0, versions: {}, ...(mirror === undefined ? {} : { mirror }) };
    },
  };
  const target: TargetProvider = {
    kind: 'target',
    name: 'fake',
    schema: z.unknown(),
    needs: [],
    inspect: async () => ({
      versions: running.map((version, index) => ({ version, instances: [instance(String(index + 1))] })),
    }),
    start: () => Promise.reject(new Error('nobody asked')),
    restore: () => Promise.reject(new Error('nobody asked')),
    stop: () => Promise.reject(new Error('nobody asked')),
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
  const access = accessTo({ metricSources: { fake: source }, routers: { fake: router }, targets: { fake: target } });
  const { data, evidence } = await observeHandler(access, new FakeFlags()).run(work, context);
  if (data.kind !== 'verdict') throw new Error('no verdict');
  return { ...data, looks, splits, evidence };
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
      leftOut: { busy: 1, tooLarge: 2, brokenOff: 3, unselected: 4 },
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
      const { verdict, mirror, splits } = await observe(says);
      expect(verdict).toMatchObject({ decision: 'telemetry-broken', exposure: 0 });
      expect(verdict.sentence).toContain(why);
      expect(mirror).toBeNull();
      // Whoever set the split that is there meant it.
      expect(splits).toEqual([]);
    },
    15_000,
  );

  test('keeps what was known last of copies that were forgotten on the way', async () => {
    // Silence ends it: on a busy machine a short hold would be over before the fifth reading.
    const says: Says = (reading) => (reading < 5 ? counts({ compared: reading }) : null);
    const { verdict, mirror } = await observe(says, { ...WORK, hold: 60_000 });
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

describe('a router that has forgotten all', () => {
  const forgets = (place: Place = {}) => {
    let split: Split | null = null;
    const routed = () => (split === null ? {} : { '1.0.0': 100 });
    const told = (wanted: Split) => {
      place.told?.(wanted);
      split = wanted;
    };
    const says: Says = () => (split === null ? Promise.reject(new Error('nothing was routed yet')) : counts());
    return observe(says, { ...WORK, judging: { ...WORK.judging, silence: 5_000 } }, { routed, ...place, told });
  };

  test('is told again what it routed and copied, and the record says so', async () => {
    const { verdict, splits, evidence, mirror } = await forgets();
    expect(verdict.decision).toBe('pass');
    expect(mirror).toMatchObject({ compared: 45 });
    expect(splits).toEqual([
      {
        revision: 1,
        backends: { '1.0.0': { weight: 100, addresses: ['127.0.0.1:1'] } },
        mirror: { ...WORK.mirror, addresses: ['127.0.0.1:2'] },
      },
    ]);
    expect(evidence.items.at(-1)).toEqual({
      asked: 'whether the router copied all along',
      found: 'it had forgotten its split and was told again, 1 time',
      expected: 'yes',
      verdict: 'unknown',
    });
  });

  test.each<[string, Place, string]>([
    ['where the new version is gone', { running: ['1.0.0'] }, 'no instance of 2.0.0 is ready'],
    [
      'where a way back was faster',
      {
        told: () => {
          throw new TerminalError('superseded: the router has been given revision 1 since');
        },
      },
      'superseded',
    ],
  ])('is not told again %s, and nothing passes', async (_, place, why) => {
    const { verdict, splits } = await forgets(place);
    expect(verdict.decision).toBe('telemetry-broken');
    expect(verdict.sentence).toContain(`nothing was routed yet, and it could not be told again: ${why}`);
    expect(splits).toEqual([]);
  });
});

describe('copies of which too few could be compared', () => {
  const leftOut = { busy: 1, tooLarge: 0, brokenOff: 3, unselected: 40 };
  const why =
    'left out so far: 40 whose answers hold nothing of what is to be compared, 1 there was no room for, 3 that broke off';

  test('are no agreement where they are none at all, whatever else holds', async () => {
    const { verdict, looks, mirror } = await observe(() => counts({ compared: 0, different: 0, leftOut }));
    expect(verdict).toMatchObject({
      decision: 'insufficient-data',
      sentence: `not enough to judge on: no two answers could be compared; ${why}`,
      findings: [{ holds: 'yes' }],
    });
    expect(looks.at(0)).toMatchObject({ standing: 'too-early' });
    expect(mirror).toMatchObject({ compared: 0, leftOut });
  });

  test('are told with what became of the others', async () => {
    const many = { ...WORK, judging: { ...WORK.judging, minSamples: 1_000_000 } };
    const { verdict } = await observe(() => counts({ leftOut }), many);
    expect(verdict.decision).toBe('insufficient-data');
    expect(verdict.sentence).toMatch(new RegExp(`of the 1,000,000 needed for errors; ${why}$`));
    const french =
      "; écartées jusqu'ici : 40 dont la réponse n'a rien de ce qui est à comparer, 1 faute de place, 3 interrompues";
    expect(verdict.sentences?.fr).toMatch(/^pas assez pour juger : 2\.0\.0 a répondu à .* nécessaires pour errors /);
    expect(verdict.sentences?.fr.endsWith(french)).toBe(true);
  });
});

test('a version that is met has no report of copies', async () => {
  const { mirror: _, ...met } = WORK;
  const data = await observe(() => counts(), met);
  expect(data).toMatchObject({ verdict: { decision: 'pass', exposure: 999, firstBadAt: 7 } });
  expect(data).not.toHaveProperty('mirror');
});
