import type { PlanReport, RolloutPower } from '@slipway/contract';
import { createPlanLanguage } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { describe, expect, test } from 'vitest';
import { reportPlan } from './report.ts';

const STAGES = 'steps: [{ weight: 5, hold: 2m }, { weight: 25, hold: 10m }, { weight: 100, hold: 1m }]';

interface Given {
  readonly environment?: string;
  readonly keys?: readonly string[];
  readonly rollouts?: number;
}

const rolloutOf = (keys: readonly string[], id: number) => `
      - rollout: production
        id: r${id}
        while: [errors.new < 0.01]
        ${keys.join('\n        ')}`;

function reportOf({ environment = 'traffic: 50/s', keys = [], rollouts = 1 }: Given): PlanReport {
  const own = [...keys];
  if (!own.some((key) => key.startsWith('strategy'))) own.push('strategy: canary');
  if (!own.some((key) => key.startsWith('steps'))) own.push(STAGES);
  const text = `launch: shop
artifact: { name: shop, version: 2.1.0 }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], instances: 7 } }
    router: { builtin: { listen: 8080, sticky: { cookie: visitor } } }
    ${environment}
metrics:
  errors: { from: router, ratio: server-errors }
  latency: { from: router, quantile: 0.99 }
  users: { from: router, ratio: server-errors, per: visitor }
  memory: { from: prometheus, url: 'http://127.0.0.1:9090', value: memory }
phases:
  - phase: production
    steps:${Array.from({ length: rollouts }, (_, id) => rolloutOf(own, id)).join('')}
`;
  const report = reportPlan(createPlanLanguage(registry), { text, file: 'launch.yaml' }, 0);
  expect(report.problems).toEqual([]);
  return report;
}

function powerOf(given: Given): RolloutPower {
  const power = reportOf(given).timeline[0]?.power ?? null;
  if (power === null) throw new Error('nothing is told of this rollout');
  return power;
}

type Told = Exclude<RolloutPower['metrics'][number], { kind: 'unknown' }>;

function toldOf(given: Given, index = 0): Told {
  const metric = powerOf(given).metrics[index];
  if (metric === undefined || metric.kind === 'unknown') throw new Error('nothing is told of this metric');
  return metric;
}

/** Seconds until it is found at a quarter of the traffic where it begins there. */
function secondsAtQuarter(keys: readonly string[]): number {
  const share = toldOf({ keys }).shares[1];
  return share === undefined || share.kind === 'alone' ? Number.NaN : (share.secondsIfNew ?? Infinity);
}

describe('what a rollout can find', () => {
  test('is told of each share, with what it rests on', () => {
    const power = powerOf({ keys: ['judge: [errors]'] });
    expect(power).toMatchObject({ perSecond: 50, weakest: ['errors', null, null] });
    expect(power.noPromise).toEqual({ conditions: ['errors.new < 0.01'], gauges: [] });
    const told = toldOf({ keys: ['judge: [errors]'] });
    expect(told).toMatchObject({ kind: 'ratio', metric: 'errors', perSecond: 50, usual: 0.003, isAssumed: true });
    expect(told).toMatchObject({ sought: 0.01, falseAlarms: 0.01, dispersion: 1 });
    expect(told.allowed).toBeCloseTo(0.0043, 12);
    expect(told.shares.map(({ kind, requests }) => [kind, requests])).toEqual([
      ['compared', 300],
      ['compared', 7_500],
      ['alone', 3_000],
    ]);
  });

  test('is what one would find where nothing is compared', () => {
    const [bare, judged] = [toldOf({}), toldOf({ keys: ['judge: [errors]'] })];
    expect(bare).toEqual({ ...judged, metric: null });
  });

  test('is told of each metric that is judged, with its part of the false alarms', () => {
    const judge =
      'judge: { errors: { weight: 3 }, latency: {}, users: { better: higher, usual: 3%, traffic: 300/min } }';
    const { metrics, weakest } = powerOf({ keys: [judge] });
    expect(metrics).toMatchObject([
      { kind: 'ratio', metric: 'errors', falseAlarms: expect.closeTo(0.006, 12) as number },
      { kind: 'latency', metric: 'latency', quantile: 0.99, usual: null, median: null, sought: 2 },
      { kind: 'ratio', metric: 'users', better: 'higher', usual: 0.03, isAssumed: false, perSecond: 5 },
    ]);
    expect(weakest).toEqual(['users', 'users', null]);
  });

  test('rests on what the plan says is usual', () => {
    const given = { keys: ['judge: { errors: { usual: 0.1% }, latency: { usual: 300ms, usual-median: 100ms } }'] };
    expect(toldOf(given)).toMatchObject({ usual: 0.001, isAssumed: false });
    expect(toldOf(given, 1)).toMatchObject({ usual: 300, median: 100, tail: expect.closeTo(3, 6) as number });
  });

  test('of gauges is no promise', () => {
    const keys = ['gauges: { memory: { below: 5, rising: ignore } }'];
    expect(powerOf({ keys }).noPromise).toEqual({ conditions: ['errors.new < 0.01'], gauges: ['memory'] });
  });

  test('is not asked for what the margin allows', () => {
    const told = toldOf({ keys: ['judge: { errors: { times: 5, plus: 0.5% } }'] });
    expect(told.allowed).toBeCloseTo(0.02, 12);
    expect(told.sought).toBeCloseTo(0.04, 12);
  });

  test.each<[string, readonly string[]]>([
    ['other metrics share the false alarms', ['judge: [errors, latency]']],
    ['a limit takes half of them', ['judge: { errors: { limit: 5% } }']],
    ['bad answers come in clusters', ['judge: { errors: { dispersion: 3 } }']],
    ['the margin is wider', ['judge: { errors: { plus: 0.3% } }']],
    ['nothing counts while it warms up', ['judge: [errors]', 'warm-up: 30s']],
    ['looks are far apart', ['judge: [errors]', 'every: 2m']],
    ['little of what it counts comes', ['judge: { errors: { traffic: 20/s } }']],
  ])('takes longer where %s', (_, keys) => {
    expect(secondsAtQuarter(keys)).toBeGreaterThan(secondsAtQuarter(['judge: [errors]']));
  });

  test.each<[string, readonly string[]]>([
    ['copies of requests are compared', ['strategy: dark-launch']],
    ['all traffic moves at once', ['strategy: big-bang', 'steps: [{ weight: 100, hold: 1m }]']],
  ])('is not told where %s', (_, keys) => {
    expect(reportOf({ keys }).timeline[0]?.power).toBe(null);
  });

  test('is told of a limit where all traffic moves at once', () => {
    const keys = ['strategy: big-bang', 'steps: [{ weight: 100, hold: 1h }]', 'judge: { errors: { limit: 1% } }'];
    const share = toldOf({ keys }).shares[0];
    expect(share?.kind === 'limited' && share.finds.most).toBeGreaterThan(0.01);
  });

  test('is told of a bounded number of shares', () => {
    const told = reportOf({ rollouts: 40 }).timeline.map(({ power }) => power !== null);
    expect([told[0], told[32], told[33], told[39]]).toEqual([true, true, false, false]);
  });
});

describe('what cannot be told of a metric is named', () => {
  test.each([
    ['{ errors: {}, latency: { plus: 20ms } }', 'latency', 'usual'],
    ['{ errors: {}, latency: { limit: 900ms } }', 'latency', 'usual'],
    ['[errors, users]', 'users', 'visitors'],
    ['{ latency: {}, errors: { compare: instances } }', 'errors', 'instances'],
  ])('judged as %s: %s', (judge, metric, why) => {
    expect(powerOf({ keys: [`judge: ${judge}`] }).metrics[1]).toEqual({ kind: 'unknown', metric, why });
  });

  test('where the traffic is only known of another one', () => {
    const given = { environment: '', keys: ['judge: { errors: { traffic: 5/s }, latency: {} }'] };
    const { perSecond, metrics } = powerOf(given);
    expect([perSecond, metrics[1]]).toEqual([null, { kind: 'unknown', metric: 'latency', why: 'traffic' }]);
    expect(reportOf(given).trafficUnknown).toEqual(['production']);
  });

  test('also where it is of all that instances are compared for, whatever the traffic', () => {
    const given = { environment: '', keys: ['judge: { errors: { compare: instances } }'] };
    expect(powerOf(given).metrics).toEqual([{ kind: 'unknown', metric: 'errors', why: 'instances' }]);
    expect(reportOf(given).trafficUnknown).toEqual([]);
  });

  test('and of none is nothing to tell', () => {
    expect(reportOf({ keys: ['judge: [users]'] }).timeline[0]?.power).toBe(null);
  });
});

describe('traffic that nobody knows', () => {
  test.each<[Given, readonly string[]]>([
    [{}, ['production']],
    [{ rollouts: 2 }, ['production']],
    [{ keys: ['strategy: big-bang', 'steps: [{ weight: 100, hold: 1m }]'] }, []],
    [{ keys: ['strategy: dark-launch'] }, []],
  ])('of %j is named once', (given, environments) => {
    const report = reportOf({ ...given, environment: '' });
    expect(report.trafficUnknown).toEqual(environments);
    expect(report.timeline.map(({ power }) => power)).toEqual(report.timeline.map(() => null));
  });

  test('is not asked for where the plan says it', () => {
    expect(reportOf({}).trafficUnknown).toEqual([]);
  });
});
