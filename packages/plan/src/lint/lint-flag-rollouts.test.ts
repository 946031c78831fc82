import { expect, test } from 'vitest';
import { problemsIn } from '../testing/problems.ts';

const HEAD = `launch: shop
artifact: { name: shop, version: 1.0.0 }
environments:
  production: { tier: production }
  busy: { tier: production, target: { process: { command: [a] } }, router: { builtin: {} } }
metrics:
  orders: { from: flag, flag: one-click, outcome: checkout }
  others: { from: flag, flag: dark-mode, outcome: checkout }
  prom: { from: prometheus, query: q }
  errors: { from: router, ratio: server-errors }
segments: { internal: { email: { ends-with: "@shop" } }, france: { country: [FR] } }
phases:
  - phase: main
    steps:
`;
/** Keeps both segments in use. */
const USED = '[{ segment: internal, hold: 1s }, { weight: 50, of: france, hold: 1s }, { weight: 100, hold: 1s }]';

const withSteps = (...steps: readonly string[]): string => HEAD + steps.map((step) => `      - { ${step} }\n`).join('');

const ramp = (keys: string): string => `rollout: production, by: flag, flag: one-click, ${keys}`;
const conditions = 'while: ["prom.new < 0.1"]';
const said = (...steps: readonly string[]): readonly string[] =>
  problemsIn(withSteps(...steps)).map((problem) => problem.replace(/^\d+:\d+: /, ''));

test.each([
  ['rings, segments and shares', ramp(`${conditions}, steps: ${USED}`)],
  ['another variant and cohort', ramp(`variant: "blue", cohort: checkout-v2, ${conditions}, steps: ${USED}`)],
  [
    'a segment of the server, and a tiny share',
    ramp(
      `${conditions}, steps: ${USED.replace('{ weight: 100', '{ segment: beta_2, hold: 1s }, { weight: 0.125, hold: 1s }, { weight: 100')}`,
    ),
  ],
  ['steps with conditions each', ramp(`steps: ${USED.replaceAll('hold: 1s', 'hold: 1s, while: ["prom.new < 1"]')}`)],
])('%s may be ramped', (_, step) => {
  expect(said(step)).toEqual([]);
});

const CHANCE = 'expected "while" instead of "judge", or shares of everybody';
const differs = (group: string): string =>
  `warning: "${group}" is not chosen by chance: it differs from all others by more than the flag, and "judge" compares the two, ${CHANCE}`;
const OTHERS =
  '"others" counts the flag "dark-mode", and this rollout ramps "one-click", expected a metric with flag: one-click';
const BLIND =
  '"errors" comes from the router, which knows versions and no variants: it cannot tell who has the flag, expected a metric "from: flag", or one from prometheus whose label tells the variant';

test.each<[what: string, step: string, problems: readonly string[]]>([
  [
    'what is compared is not chosen by chance',
    ramp(`judge: [orders], steps: ${USED}`),
    [differs('internal'), differs('france')],
  ],
  ['the router', ramp(`judge: [errors], steps: ${USED}`), [BLIND, differs('internal'), differs('france')]],
  ['the router in a condition', ramp(`while: ["errors.new < 1"], steps: ${USED}`), [BLIND]],
  [
    'the counts of another flag',
    ramp(`judge: [others], steps: ${USED}`),
    [OTHERS, differs('internal'), differs('france')],
  ],
  [
    'the counts of another flag in conditions',
    ramp(
      `while: ["others.new < 1"], steps: ${USED.replace('{ weight: 100,', '{ while: ["others.new < 2"], weight: 100,')}`,
    ),
    [OTHERS, OTHERS],
  ],
  [
    'instances',
    ramp(`judge: { orders: { compare: instances } }, steps: ${USED}`),
    [
      'each instance serves every variant, so instances cannot be compared, expected "compare: requests"',
      differs('internal'),
      differs('france'),
    ],
  ],
  [
    'nothing that judges',
    ramp(`steps: ${USED}`),
    ['nothing judges the variant, expected "judge" with at least one metric, or "while" with at least one condition'],
  ],
  [
    'a strategy',
    ramp(`strategy: canary, max-surge: 1, mirror: {}, ${conditions}, steps: ${USED}`),
    ['strategy', 'max-surge', 'mirror'].map(
      (key) => `a rollout by flag moves no versions, so it has no "${key}", expected "steps" with segments and weights`,
    ),
  ],
  [
    'an exposure of what nobody judges',
    ramp(`exposure: 10, ${conditions}, steps: ${USED}`),
    ['only a variant that is judged is suspected, expected "judge"'],
  ],
])('a rollout by flag with %s', (_, step, problems) => {
  expect(said(step)).toEqual(problems);
});

const steps = (...list: readonly string[]): string =>
  ramp(`${conditions}, steps: [${list.map((one) => `{ ${one}, hold: 1s }`).join(', ')}]`);
const unused = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `warning: no rollout by flag names the segment "${name}"`);
const NOT_ALL =
  'warning: "one-click" is not for everybody at the end of this rollout: all others keep what they have, expected a last step with weight 100, where everybody is to get it';

test.each<[list: readonly string[], problems: readonly string[]]>([
  [['weight: 5', 'weight: 100'], []],
  [['weight: 5', 'weight: 5', 'weight: 100'], ['weights rise, but 5 follows 5, expected more than 5']],
  [['weight: 100', 'weight: 100'], ['everybody has the variant already, expected no step after 100']],
  [
    ['segment: beta', 'segment: beta', 'weight: 100'],
    ['all of "beta" have the variant already, expected somebody else'],
  ],
  [
    ['segment: beta', 'weight: 5, of: beta', 'weight: 100'],
    ['all of "beta" have the variant already, expected somebody else'],
  ],
  [['weight: 50, of: beta', 'weight: 5', 'weight: 100'], []],
  [['weight: 5'], [NOT_ALL]],
  [['while: ["prom.new < 1"]', 'weight: 100'], ['this step adds nobody, expected one of "segment" and "weight"']],
  [
    ['segment: beta, weight: 5', 'weight: 100'],
    ['a step adds a segment or a share, this one names both, expected { weight: 5, of: beta } for a share of it'],
  ],
  [['segment: beta, of: alpha', 'weight: 100'], ['"of" goes with "weight": a segment is added whole']],
  [
    ['segment: internl', 'weight: 100'],
    [
      'warning: the plan has no segment "internl", so one of the server\'s flag set is taken, expected "internal", if that one was meant',
    ],
  ],
  [
    ['weight: 0.0005', 'weight: 100'],
    ['"weight" is 0.0005, expected at least 0.001', '"weight" is 0.0005, expected a multiple of 0.001'],
  ],
  [['weight: 101'], ['"weight" is 101, expected at most 100']],
])('the steps %j', (list, problems) => {
  const found = said(steps(...list)).filter((problem) => !unused('internal', 'france').includes(problem));
  expect(found).toEqual(problems);
});

test('segments that nobody names are told of', () => {
  expect(said(steps('weight: 100'))).toEqual(unused('internal', 'france'));
});

test('a rollout that names a flag says that it is by flag, and by is one of two', () => {
  const versions = 'rollout: busy, strategy: canary, while: ["prom.new < 1"], steps: [{ weight: 100, hold: 1s }]';
  expect(said(`${versions}, flag: one-click`, ramp(`${conditions}, steps: ${USED}`))[0]).toBe(
    'a rollout of a flag says so, expected "by: flag" beside "flag"',
  );
  expect(said(`${versions}, by: flags`, ramp(`${conditions}, steps: ${USED}`))).toEqual([
    '"by" is "flags", expected traffic or flag',
  ]);
  expect(said(`${versions}, by: traffic`, ramp(`${conditions}, steps: ${USED}`))).toEqual([]);
});

test('a rollout of versions is not judged by variants', () => {
  const versions =
    'rollout: busy, strategy: canary, judge: [orders], steps: [{ weight: 1, hold: 1s }, { weight: 100, hold: 1s }]';
  expect(said(versions, ramp(`${conditions}, steps: ${USED}`))).toContain(
    '"orders" counts variants of a flag, and this step is about versions, expected a rollout "by: flag"',
  );
});

const full = ramp(`${conditions}, steps: ${USED}`);
const beside = (keys: string): readonly string[] => said(full, `${full.replace('one-click', 'dark-mode')}, ${keys}`);

test('a rollout of versions, or a soak, has no condition on variants', () => {
  const keys = 'rollout: busy, strategy: canary, while: ["orders.new < 1"], steps: [{ weight: 100, hold: 1s }]';
  const about = '"orders" counts variants of a flag, and this step is about versions, expected a rollout "by: flag"';
  expect(said(keys, ramp(`${conditions}, steps: ${USED}`))).toContain(about);
  const soak = 'soak: busy, for: 1h, while: ["orders.new < 1"]';
  expect(said(soak, ramp(`${conditions}, steps: ${USED}`))).toContain(about);
});

test('two flags may be ramped side by side, the same one may not', () => {
  expect(beside('needs: []')).toEqual([]);
  expect(said(full, `${full}, id: again, needs: []`)).toEqual([
    '"again" may run at the same time as "rollout-one-click" (line 15), and both ramp the flag "one-click" in "production", expected needs: [rollout-one-click]',
  ]);
  expect(said(full, `${full}, id: again`)).toEqual([]);
});

test('a flag is ramped to one variant, with one cohort', () => {
  expect(said(full, `${full}, id: again, variant: "blue"`)).toEqual([
    '"one-click" is ramped to "on" by an earlier step, expected on',
  ]);
  expect(said(full, `${full}, id: again, cohort: mine`)).toEqual([
    'an earlier step ramps "one-click" with another cohort, so people would lose it, expected one-click',
  ]);
});

test('an environment in which only flags are ramped needs no target, and nobody asks there who it is', () => {
  expect(said(full, 'deploy: production')).toEqual([
    '"target" names no target, expected exactly one of process or static with its settings',
  ]);
  const asked = withSteps(full).replace(
    '{ tier: production }',
    '{ tier: production, identity: { path: /, header: v } }',
  );
  expect(problemsIn(asked)).toEqual([
    '4:35: only flags are ramped in "production", and a flag changes no version: nobody asks instances for it',
  ]);
});

test('a message about an environment waits for its flag', () => {
  expect(said(full, 'announce: Live, about: production, to: [team], text: Hi')).toEqual([
    'there is no channel "team", the plan names none under "channels"',
  ]);
});
