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
    target: { process: { command: [node, server.ts], instances: 4 } }
    router: { builtin: { listen: 8080 } }
    ${environment}
metrics: { errors: { from: router, ratio: server-errors }, latency: { from: router, quantile: 0.99 } }
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

/** Seconds until it is found at a quarter of the traffic where it begins there. */
function secondsAtQuarter(keys: readonly string[]): number {
  const share = powerOf({ keys }).shares[1];
  return share?.kind === 'compared' ? (share.secondsIfNew ?? Infinity) : Number.NaN;
}

describe('what a rollout can find', () => {
  test('is told of each share, with what it rests on', () => {
    const power = powerOf({ keys: ['judge: [errors]'] });
    const margin = { ratio: 1.1, points: 0.001 };
    expect(power).toMatchObject({ metric: 'errors', perSecond: 50, usual: 0.003, sought: 0.01, margin });
    expect(power.shares.map(({ kind, requests }) => [kind, requests])).toEqual([
      ['compared', 300],
      ['compared', 7_500],
      ['alone', 3_000],
    ]);
  });

  test('is what one would find where nothing is compared', () => {
    const [bare, judged] = [powerOf({}), powerOf({ keys: ['judge: [errors]'] })];
    expect(bare).toEqual({ ...judged, metric: null });
  });

  test('is not asked for what the margin allows', () => {
    const power = powerOf({ keys: ['judge: { errors: { times: 5, plus: 0.5% } }'] });
    expect(power.margin).toEqual({ ratio: 5, points: 0.005 });
    expect(power.sought).toBeCloseTo(0.04, 12);
  });

  test.each<[string, readonly string[]]>([
    ['other metrics share the false alarms', ['judge: [errors, latency]']],
    ['a limit takes half of them', ['judge: { errors: { limit: 5% } }']],
    ['bad answers come in clusters', ['judge: { errors: { dispersion: 3 } }']],
    ['the margin is wider', ['judge: { errors: { plus: 0.3% } }']],
    ['nothing counts while it warms up', ['judge: [errors]', 'warm-up: 30s']],
    ['looks are far apart', ['judge: [errors]', 'every: 2m']],
  ])('takes longer where %s', (_, keys) => {
    expect(secondsAtQuarter(keys)).toBeGreaterThan(secondsAtQuarter(['judge: [errors]']));
  });

  test.each<[string, readonly string[]]>([
    ['only a latency is compared', ['judge: [latency]']],
    ['what is compared is better when higher', ['judge: { errors: { better: higher } }']],
    ['copies of requests are compared', ['strategy: dark-launch']],
    ['all traffic moves at once', ['strategy: big-bang', 'steps: [{ weight: 100, hold: 1m }]']],
  ])('is not told where %s', (_, keys) => {
    expect(reportOf({ keys }).timeline[0]?.power).toBe(null);
  });

  test('is told of a bounded number of shares', () => {
    const told = reportOf({ rollouts: 40 }).timeline.map(({ power }) => power !== null);
    expect([told[0], told[32], told[33], told[39]]).toEqual([true, true, false, false]);
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
