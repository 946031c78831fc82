import type { RedFlag } from '@slipway/contract';
import { advise, createPlanLanguage, type Situation } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { describe, expect, test } from 'vitest';
import { reportPlan } from './report.ts';

/** Monday, 23 November 2026, 09:00 in Paris. */
const NOW = Date.UTC(2026, 10, 23, 8);
const language = createPlanLanguage(registry);

const rollout = (traffic: string, hold: string): string => `launch: shop
artifact: { name: shop, version: 2.1.0 }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], instances: 7 } }
    router: { builtin: { listen: 8080 } }
    traffic: ${traffic}
metrics: { errors: { from: router, ratio: server-errors } }
phases:
  - phase: production
    steps:
      - rollout: production
        strategy: canary
        judge: [errors]
        steps: [{ weight: 10, hold: ${hold} }, { weight: 100, hold: 1m }]
`;

function flagsOf(text: string, reader: 'en' | 'fr' = 'en'): readonly RedFlag[] {
  return reportPlan(language, { text, file: 'launch.yaml', reader }, NOW).redFlags;
}

describe('a rollout that cannot find what it looks for', () => {
  test.each([
    ['3/min', '10m', true],
    ['500/s', '1h', false],
  ])('%s held for %s', (traffic, hold, isBlind) => {
    const flags = flagsOf(rollout(traffic, hold)).filter(({ code }) => code === 'SLW011');
    expect(flags.length).toBe(isBlind ? 1 : 0);
  });

  test('stands where its shares are, with the figure of the judge', () => {
    const [flag] = flagsOf(rollout('3/min', '10m')).filter(({ code }) => code === 'SLW011');
    expect(flag).toMatchObject({
      severity: 'warning',
      line: 16,
      link: 'docs/explanation/red-flags.md#SLW011',
      said: expect.stringMatching(/errors in \d+ of 100 launches/),
    });
  });

  test('is told in the language of the reader', () => {
    const [flag] = flagsOf(rollout('3/min', '10m'), 'fr').filter(({ code }) => code === 'SLW011');
    expect(flag?.said).toMatch(/errors dans \d+ lancements sur 100/);
  });
});

test('a plan that is wrong has problems, and no red flags', () => {
  const report = reportPlan(language, { text: 'launch: 1', file: 'launch.yaml' }, NOW);
  expect([report.ok, report.redFlags]).toEqual([false, []]);
});

test('a problem that is a red flag says so', () => {
  const text = rollout('500/s', '1h').replace(
    '      - rollout',
    '      - run: Look\n        command: [look]\n        effect: read-only\n        env: { TOKEN: hunter2 }\n      - rollout',
  );
  const report = reportPlan(language, { text, file: 'launch.yaml' }, NOW);
  expect(report.problems.map(({ code }) => code)).toEqual(['SLW015']);
  expect(JSON.stringify(report)).not.toContain('hunter2');
});

const PLAIN: Situation = {
  change: 'feature',
  users: 2_000,
  traffic: 50,
  reversible: true,
  instances: 4,
  router: true,
  flags: false,
  risk: 'low',
  audience: 'b2c',
  compliance: false,
  loadUnproven: false,
  fixedDate: false,
};
const MANY = { users: 50_000, risk: 'high' } as const;

/** One for each strategy, and what else changes the plan. */
const SITUATIONS: readonly (readonly [string, Partial<Situation>])[] = [
  ['rolling', {}],
  ['rolling', { change: 'migration' }],
  ['rolling', { change: 'migration', reversible: false }],
  ['canary', MANY],
  ['canary', { ...MANY, traffic: 0.0001 + 1 }],
  ['canary', { ...MANY, traffic: 1e6, instances: 900 }],
  ['blue-green', { ...MANY, change: 'migration' }],
  ['blue-green', { ...MANY, change: 'migration', reversible: false }],
  ['blue-green', { ...MANY, traffic: 0 }],
  ['dark-launch', { ...MANY, loadUnproven: true }],
  ['flag', { flags: true, risk: 'high' }],
  ['flag', { flags: true, audience: 'b2b' }],
  ['big-bang', { fixedDate: true }],
  ['deploy', { router: false }],
  ['deploy', { router: false, change: 'migration' }],
  ['deploy', { router: false, change: 'migration', reversible: false }],
];

describe.each(['en', 'fr'] as const)('the plan that goes with an advice, in %s', (reader) => {
  test.each(SITUATIONS)('%s, %j', (strategy, changes) => {
    const advice = advise({ ...PLAIN, ...changes }, reader);
    const report = reportPlan(language, { text: advice.fragment, file: 'launch.yaml', reader }, NOW);
    expect(advice.strategy).toBe(strategy);
    expect(report.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(report.ok).toBe(true);
    const errors = report.redFlags
      .filter(({ severity }) => severity === 'error')
      .map(({ code, said }) => `${code} ${said}`);
    // A migration in front of one deployment for everybody is what the flag is about: without a router there is nothing better.
    expect(errors.filter((flag) => !(strategy === 'deploy' && flag.startsWith('SLW007')))).toEqual([]);
    expect(report.redFlags.filter(({ severity, code }) => severity === 'warning' && code !== 'SLW011')).toEqual([]);
  });
});
