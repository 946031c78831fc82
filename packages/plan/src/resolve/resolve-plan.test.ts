import { describe, expect, test } from 'vitest';
import type { Plan } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import { planOf, withSteps } from '../testing/problems.ts';

/** The first step of a plan. */
function stepOf(text: string): Step {
  const [step] = Object.values(planOf(withSteps(text)).steps);
  if (step === undefined) throw new Error('the plan has no step');
  return step;
}

const EXECUTIVE = '- run: A\n  command: [a]\n  effect: executive\n';
const CANARY = '- rollout: production\n  strategy: canary\n';

describe('what a step leaves out is filled in', () => {
  test.each([
    [
      '- check: A\n  git: {}',
      { timeout: 120_000, attempts: 3, onFail: 'hold', check: { provider: 'git', config: {} } },
    ],
    ['- check: A\n  git: {}\n  on-fail: rollback', { onFail: 'rollback' }],
    [
      '- run: A\n  command: [a]\n  effect: read-only',
      {
        command: { argv: ['a'], directory: '.', env: {}, timeout: 600_000 },
        attempts: 1,
        confirm: null,
        environment: null,
        verify: null,
        idempotent: false,
        undo: null,
        onFail: 'hold',
      },
    ],
    ['- deploy: staging', { title: 'Deploy to staging', timeout: 600_000, attempts: 3, onFail: 'hold' }],
    [
      "- soak: staging\n  for: 1h\n  while: ['errors.new < 1']",
      {
        hold: 3_600_000,
        judging: {
          conditions: [{ cel: 'errors.new < 1', metrics: ['errors'] }],
          minSamples: 100,
          every: 1_000,
          silence: 30_000,
        },
        onFail: 'rollback',
      },
    ],
    ["- soak: staging\n  for: 1h\n  while: ['errors.new < 1']\n  on-fail: hold", { onFail: 'hold' }],
    [
      `${CANARY}  while: ['errors.new < 1']\n  steps: [{ weight: 100, hold: 0s }]`,
      { title: 'Roll out to production', timeout: 300_000, attempts: 3, onFail: 'rollback' },
    ],
    ['- task: A\n  owner: rm', { proof: 'text', due: null, onFail: 'hold' }],
    ['- task: A\n  owner: rm\n  due: T-30m', { due: -1_800_000 }],
    ['- announce: A\n  to: [team]\n  text: hi', { about: null, message: { to: ['team'], title: 'A', text: 'hi' } }],
    ['- wait: A\n  for: 1m30s', { until: { kind: 'elapsed', ms: 90_000 } }],
    ['- wait: A\n  until: T+1h', { until: { kind: 't-offset', ms: 3_600_000 } }],
    ['- signoff: A\n  by: { rm: 2 }', { quorum: { rm: 2 }, onFail: 'hold' }],
  ])('%s', (text, filled) => {
    expect(stepOf(text)).toMatchObject(filled);
  });

  test('and so is what the plan leaves out', () => {
    const { title, zone, t0, announcements, artifact, environments, metrics } = planOf(
      withSteps('- wait: A\n  for: 1s'),
    );
    expect({ title, zone, t0, announcements }).toEqual({ title: 'shop', zone: 'UTC', t0: null, announcements: [] });
    expect(artifact).toEqual({ name: 'shop', version: '1.0.0', git: null });
    expect(environments['bare']).toEqual({
      name: 'bare',
      tier: 'staging',
      target: { provider: 'process', config: { command: ['a'] } },
      router: null,
    });
    expect([metrics['errors']?.unit, metrics['latency']?.unit]).toEqual(['ratio', 'milliseconds']);
  });

  test.each([
    ['value: memory', { gauge: '' }],
    ['value: memory, unit: bytes', { gauge: 'bytes' }],
  ])('a metric with %s is a gauge', (keys, unit) => {
    const text = withSteps('- wait: A\n  for: 1s').replace(
      'metrics: {',
      `metrics: { memory: { from: prometheus, ${keys} },`,
    );
    expect(planOf(text).metrics['memory']).toMatchObject({ name: 'memory', unit });
  });

  test('the traffic of an environment is counted by the second', () => {
    const text = withSteps('- wait: A\n  for: 1s').replace('bare: {', 'bare: { traffic: 3000/min,');
    const { environments } = planOf(text);
    expect(environments['bare']?.traffic).toBe(50);
    expect(environments['staging']).not.toHaveProperty('traffic');
  });

  test('what an instance must say is the version, within two seconds', () => {
    const asked = 'bare: { identity: { path: /healthz, json: $.build.version },';
    const { environments } = planOf(withSteps('- wait: A\n  for: 1s').replace('bare: {', asked));
    expect(environments['bare']?.identity).toEqual({
      path: '/healthz',
      at: { json: '$.build.version', keys: ['build', 'version'] },
      is: '{{ artifact.version }}',
      timeout: 2_000,
    });
    expect(environments['staging']).not.toHaveProperty('identity');
  });

  test('T-0 is read in the zone of the plan', () => {
    const text = withSteps('- wait: A\n  for: 1s').replace(
      'people',
      'zone: Europe/Paris\nt0: 2026-11-24T10:00\npeople',
    );
    expect(planOf(text).t0).toBe(Date.parse('2026-11-24T09:00:00Z'));
  });
});

describe('the way back of a command', () => {
  test.each([
    ['runs where and with what the command ran', 'undo: { command: [b] }', { directory: 'd', env: { K: '1' } }],
    ['unless it says where', 'undo: { command: [b], directory: e }', { directory: 'e', env: { K: '1' } }],
    ['or with what', 'undo: { command: [b], env: {} }', { directory: 'd', env: {} }],
    ['and has a time-out of its own', 'undo: { command: [b], timeout: 5s }', { timeout: 5_000 }],
  ])('%s', (_, undo, command) => {
    const step = stepOf(`${EXECUTIVE}  timeout: 1m\n  directory: d\n  env: { K: '1' }\n  ${undo}`);
    const standard = { argv: ['b'], timeout: 600_000 };
    expect(step).toMatchObject({ undo: { kind: 'command', command: { ...standard, ...command } } });
  });

  test('may be none, with the reason', () => {
    expect(stepOf(`${EXECUTIVE}  undo: { none: gone }`)).toMatchObject({ undo: { kind: 'none', because: 'gone' } });
  });

  test('verifying runs where and with what the command ran', () => {
    const step = stepOf(
      `${EXECUTIVE}  timeout: 1m\n  directory: d\n  env: { K: '1' }\n  verify: [v]\n  undo: { none: n }`,
    );
    expect(step).toMatchObject({ verify: { argv: ['v'], directory: 'd', env: { K: '1' }, timeout: 60_000 } });
  });
});

test.each([
  ["while: ['errors.new < 1']", '', ['errors.new < 1']],
  ["while: ['errors.new < 1']", ", while: ['latency.new < 9']", ['errors.new < 1', 'latency.new < 9']],
  ["while: ['errors.new < 1']", ", while: ['errors.new < 1']", ['errors.new < 1']],
  ['timeout: 1m', ", while: ['latency.new < 9']", ['latency.new < 9']],
])('a share with %s on the rollout and %j of its own is judged by both', (whole, own, cels) => {
  const step = stepOf(`${CANARY}  ${whole}\n  min-samples: 7\n  every: 2s\n  steps: [{ weight: 100, hold: 1s${own} }]`);
  const conditions = cels.map((cel) => expect.objectContaining({ cel }));
  const judging = { conditions, minSamples: 7, every: 2_000, silence: 30_000 };
  expect(step).toMatchObject({ stages: [{ weight: 100, hold: 1_000, judging }] });
});

describe('metrics that are judged', () => {
  const judging = (keys: string) => {
    const step = stepOf(`${CANARY}  ${keys}\n  steps: [{ weight: 100, hold: 1h }]`);
    return step.kind === 'rollout' ? step.stages[0]?.judging : undefined;
  };
  const metric = { better: 'lower', limit: null, weight: 1, dispersion: 1, skew: 0 };
  const errors = { metric: 'errors', unit: 'ratio', times: 1.1, plus: 0.001, ...metric };
  const latency = { metric: 'latency', unit: 'milliseconds', times: 1.2, plus: 0, ...metric };

  test('have their margins, and what a launch allows', () => {
    const comparing = { metrics: [errors, latency], falseAlarms: 0.01, wrongPromotions: null, warmUp: 0 };
    expect(judging('judge: [errors, latency]')?.comparing).toEqual(comparing);
  });

  test('may have their own', () => {
    const judge = '{ errors: { times: 2, plus: 0.25%, limit: 1.5%, weight: 3, dispersion: 4, skew: 1s } }';
    const own = { times: 2, plus: 0.0025, limit: 0.015, weight: 3, dispersion: 4, skew: 1_000 };
    const keys = `judge: ${judge}\n  early-promotion: true\n  warm-up: 45s`;
    const comparing = { metrics: [{ ...errors, ...own }], falseAlarms: 0.01, wrongPromotions: 0.05, warmUp: 45_000 };
    expect(judging(keys)?.comparing).toEqual(comparing);
  });

  test('have a factor alone for a margin where higher is better', () => {
    expect(judging('judge: { errors: { better: higher } }')?.comparing?.metrics).toEqual([
      { ...errors, better: 'higher', plus: 0 },
    ]);
  });

  test('say what is usual where the plan does', () => {
    const keys = 'judge: { errors: { usual: 0.3%, traffic: 120/min }, latency: { usual: 300ms, usual-median: 60ms } }';
    expect(judging(keys)?.comparing?.metrics).toEqual([
      { ...errors, usual: 0.003, traffic: 2 },
      { ...latency, usual: 300, usualMedian: 60 },
    ]);
  });

  test('share the budget of the launch with those of its other steps', () => {
    const soak = '- soak: staging\n  for: 1h\n  judge: { errors: { limit: 1% } }\n';
    const plan = planOf(
      withSteps(
        `${soak}- soak: production\n  for: 1h\n  judge: { errors: { limit: 1% } }\n- soak: staging\n  id: other\n  for: 1h\n  while: ['errors.new < 1']`,
      ),
    );
    const alarms = Object.values(plan.steps).map((step) => step.kind === 'soak' && step.judging.comparing?.falseAlarms);
    expect(alarms).toEqual([0.005, 0.005, undefined]);
  });

  test('turn back on what cannot be told where the plan says so', () => {
    expect(judging('judge: [errors]')?.turnsBackOn).toBeUndefined();
    expect(judging('judge: [errors]\n  on-telemetry-broken: rollback')?.turnsBackOn).toEqual(['telemetry-broken']);
    expect(judging('judge: [errors]')?.pagesOn).toBeUndefined();
  });
});

test.each([
  ['10m', 1_000, 30_000],
  ['2h', 1_000, 30_000],
  ['48h', 24_000, 72_000],
])('what is watched for %s is looked at every %i ms, and silent after %i ms', (hold, every, silence) => {
  const step = stepOf(`- soak: staging\n  for: ${hold}\n  while: ['errors.new < 1']`);
  expect(step).toMatchObject({ judging: { every, silence } });
});

describe('a rolling rollout', () => {
  const bounds = (own: string) =>
    stepOf(
      `- rollout: production\n  strategy: rolling\n  while: ['errors.new < 1']\n  steps: [{ weight: 100, hold: 0s }]${own}`,
    );
  const nothing = { unit: 'instances', value: 0 };

  test.each([
    ['', { unit: 'percent', value: 25 }, nothing],
    ['\n  max-surge: 2', { unit: 'instances', value: 2 }, nothing],
    ['\n  max-surge: 0\n  max-unavailable: 10%', nothing, { unit: 'percent', value: 10 }],
  ])('with %j keeps to its bounds', (own, maxSurge, maxUnavailable) => {
    expect(bounds(own)).toMatchObject({ strategy: 'rolling', bounds: { maxSurge, maxUnavailable } });
  });

  test('is the only one that has bounds', () => {
    const step = stepOf(`${CANARY}  while: ['errors.new < 1']\n  steps: [{ weight: 100, hold: 0s }]`);
    expect(step).not.toHaveProperty('bounds');
  });
});

describe('a dark launch', () => {
  const dark = (own: string) =>
    stepOf(
      `- rollout: production\n  strategy: dark-launch\n  while: ['errors.new < 1']\n  steps: [{ weight: 10, hold: 0s }]${own}`,
    );
  const whole = { only: [], ignore: [] };

  test.each([
    ['', ['GET', 'HEAD'], whole],
    ['\n  mirror: {}', ['GET', 'HEAD'], whole],
    ['\n  mirror: { compare: {} }', ['GET', 'HEAD'], whole],
    ['\n  mirror: { methods: [GET, POST, GET] }', ['GET', 'POST'], whole],
    ['\n  mirror: { compare: { body: none } }', ['GET', 'HEAD'], null],
    [
      "\n  mirror: { compare: { body: { only: ['$.items'], ignore: ['$..now'] } } }",
      ['GET', 'HEAD'],
      { only: ['$.items'], ignore: ['$..now'] },
    ],
  ])('with %j knows what it copies and compares', (own, methods, body) => {
    expect(dark(own)).toMatchObject({ strategy: 'dark-launch', mirroring: { methods, compare: { body } } });
  });

  test('is called by what it is', () => {
    expect(dark('')).toMatchObject({ id: 'dark-launch-production', title: 'Dark launch in production' });
    expect(dark('\n  id: dark')).toMatchObject({ id: 'dark' });
  });

  test('is the only one that copies', () => {
    const step = stepOf(`${CANARY}  while: ['errors.new < 1']\n  steps: [{ weight: 100, hold: 0s }]`);
    expect(step).not.toHaveProperty('mirroring');
  });
});

/** Phases of waits, each written `id` or `id<need,need`. */
function planWith(...phases: readonly string[]): Plan {
  const written = phases.map((steps, index) => {
    const lines = steps.split(' ').map((step) => {
      const [id, needs] = step.split('<');
      return `{ wait: ${id}, id: ${id}, for: 1s${needs === undefined ? '' : `, needs: [${needs}]`} }`;
    });
    return `{ phase: p${index}, steps: [${lines.join(', ')}] }`;
  });
  return planOf(`launch: shop\nartifact: { name: shop, version: 1.0.0 }\nphases: [${written.join(', ')}]\n`);
}

describe('a step waits for', () => {
  test.each([
    ['the step before it', ['a b c'], 'a< b<a c<b'],
    ['nothing, where it says so', ['a b< c'], 'a< b< c<b'],
    ['what it names', ['a b c<a'], 'a< b<a c<a'],
    ['what it names, though it comes later', ['a<b b<'], 'a<b b<'],
    ['each need once', ['a b<a,a'], 'a< b<a'],
    ['the whole phase before, where it begins one', ['a b<', 'c d'], 'a< b< c<a,b d<c'],
    ['the whole phase before, where it names nothing', ['a b<', 'c d<'], 'a< b< c<a,b d<a,b'],
    ['the whole phase before, where it names only steps of earlier ones', ['a b', 'c', 'd<a'], 'a< b<a c<a,b d<c,a'],
    ['what it names in its own phase, which waits for the one before', ['a', 'b c d<b,a'], 'a< b<a c<b d<b,a'],
  ])('%s', (_, phases, resolved) => {
    const steps = Object.values(planWith(...phases).steps);
    expect(steps.map(({ id, needs }) => `${id}<${needs.join(',')}`).join(' ')).toBe(resolved);
  });
});

test('phases list their steps in the order of the file', () => {
  expect(planWith('b a<', 'd c').phases).toEqual([
    { name: 'p0', steps: ['b', 'a'] },
    { name: 'p1', steps: ['d', 'c'] },
  ]);
});

describe('the id of a step', () => {
  test.each([
    ['- wait: Let caches warm\n  for: 1s', 'let-caches-warm', 'Let caches warm'],
    ['- wait: Let caches warm\n  id: warm\n  for: 1s', 'warm', 'Let caches warm'],
    ['- deploy: staging', 'deploy-staging', 'Deploy to staging'],
    ["- soak: staging\n  for: 1s\n  while: ['errors.new < 1']", 'soak-staging', 'Soak on staging'],
    [
      `${CANARY}  while: ['errors.new < 1']\n  steps: [{ weight: 100, hold: 0s }]`,
      'rollout-production',
      'Roll out to production',
    ],
    // The id is the same for every version, the title is what people read.
    ['- wait: Before {{ artifact.version }} goes\n  for: 1s', 'before-goes', 'Before 1.0.0 goes'],
    ['- wait: For {{ launch.title }}\n  for: 1s', 'for', 'For shop'],
    ['- announce: It met {{ facts.exposure }}\n  to: [team]\n  text: hi', 'it-met', 'It met {{ facts.exposure }}'],
    ['- wait: Launch {{ launch.id }}\n  for: 1s', 'launch', 'Launch {{ launch.id }}'],
  ])('%s', (text, id, title) => {
    expect(stepOf(text)).toMatchObject({ id, title, phase: 'main' });
  });
});
