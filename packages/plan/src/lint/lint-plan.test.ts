import { describe, expect, test } from 'vitest';
import { problemsIn, withSteps } from '../testing/problems.ts';

const rollout = (environment: string, strategy: string, ...weights: readonly number[]): string => {
  const steps = weights.map((weight) => `{ weight: ${weight}, hold: 1s }`).join(', ');
  return `- rollout: ${environment}\n  strategy: ${strategy}\n  steps: [${steps}]\n  while: ['errors.new < 0.1']`;
};
const soak = (condition: string): string => `- soak: staging\n  for: 1s\n  while: ['${condition}']`;

/** Whoever is told of production is told when it is no longer true. */
const TAKEN_BACK = 'announcements: [{ on: rolled-back, to: [team], title: Back, text: Back }]\n';

test.each([
  ['- signoff: go\n  by: { chief: 1 }', '14:15: there is no role "chief", only rm and qa'],
  [
    '- signoff: go\n  by: { rm: 3 }',
    '14:19: it takes 3 GOs, but only 2 people hold the role "rm": ann@shop and bob@shop, expected at most 2',
  ],
  ['- task: A\n  owner: rmm\n  proof: url', '14:16: there is no role "rmm", did you mean "rm"?'],
  [
    '- wait: A\n  for: 1s\n  needs: [b]\n- wait: B\n  for: 1s\n  needs: [a]',
    '15:16: these steps wait for each other: a -> b -> a',
  ],
  ['- wait: A\n  for: 1s\n  needs: [bb]', '15:17: there is no step "bb", only a'],
  [
    '- wait: A\n  for: 1s\n- wait: A\n  for: 1s',
    '15:15: the step in line 13 is called "a", too: give one of them another "id"',
  ],
  [rollout('production', 'canary', 50, 20, 100), '15:53: weights rise, but 20 follows 50, expected more than 50'],
  [rollout('production', 'canary', 120), '15:27: "weight" is 120, expected at most 100'],
  [
    rollout('production', 'canary', 50),
    '15:27: the last weight is 50, so some traffic would stay on the old version, expected 100',
  ],
  [
    rollout('production', 'blue-green', 50, 100),
    '15:16: a blue-green rollout moves all traffic at once, expected exactly one step with weight 100',
  ],
  [
    rollout('bare', 'canary', 100),
    '13:18: the environment "bare" has no router, so its traffic cannot be moved, expected a "router" under environments.bare',
  ],
  [
    `${rollout('production', 'rolling', 50, 100)}\n  max-surge: 0`,
    '17:20: with no instance more and none fewer than usual, none can be replaced, expected at least 1 for "max-surge" or "max-unavailable"',
  ],
  [
    `${rollout('production', 'rolling', 50, 100)}\n  max-surge: 0%\n  max-unavailable: 0%`,
    '17:20: with no instance more and none fewer than usual, none can be replaced, expected at least 1 for "max-surge" or "max-unavailable"',
  ],
  [
    `${rollout('production', 'canary', 100)}\n  max-surge: 1`,
    '17:9: a canary rollout replaces no instances, so it has no "max-surge", expected strategy: rolling',
  ],
  [
    `${rollout('production', 'big-bang', 100)}\n  max-unavailable: 1`,
    '17:9: a big-bang rollout replaces no instances, so it has no "max-unavailable", expected strategy: rolling',
  ],
  [rollout('production', 'rolling', 50, 20, 100), '15:53: weights rise, but 20 follows 50, expected more than 50'],
  [
    rollout('bare', 'rolling', 100),
    '13:18: the environment "bare" has no router, so its traffic cannot be moved, expected a "router" under environments.bare',
  ],
  [rollout('production', 'dark-launch', 10, 10), '15:53: weights rise, but 10 follows 10, expected more than 10'],
  [
    rollout('bare', 'dark-launch', 10),
    '13:18: the environment "bare" has no router, so its traffic cannot be moved, expected a "router" under environments.bare',
  ],
  [
    `${rollout('production', 'canary', 100)}\n  mirror: {}`,
    '17:9: a canary rollout copies no requests, so it has no "mirror", expected strategy: dark-launch',
  ],
  [
    `${rollout('production', 'dark-launch', 100)}\n  max-surge: 1`,
    '17:9: a dark-launch rollout replaces no instances, so it has no "max-surge", expected strategy: rolling',
  ],
  [
    `${rollout('production', 'dark-launch', 100)}\n  mirror: { methods: [GET, POST, PUT] }`,
    '17:28: warning: a copy is a second request: what a POST or PUT changes is changed twice, unless the new version has data of its own, expected only GET, HEAD and OPTIONS where both versions share data',
  ],
  [
    `${rollout('production', 'dark-launch', 100)}\n  mirror: { compare: { body: { ignore: ["$.now", "$"] } } }`,
    '17:56: this leaves nothing of any body to compare, so no two answers would ever agree, expected "body: none" to compare the status only, or a path into the body',
  ],
  [
    `${rollout('production', 'dark-launch', 100)}\n- announce: A\n  about: production\n  to: [team]\n  text: hi`,
    '18:16: this message is about "production", but no step in front of it deploys or rolls out there, expected one that waits for the rollout of production',
  ],
  [rollout('prodction', 'canary', 100), '13:18: there is no environment "prodction", did you mean "production"?'],
  [soak('errors.new <'), '15:30: this condition cannot be used: it ends too early'],
  [soak('erors.new < 1'), '15:18: this condition cannot be used: there is no metric "erors", did you mean "errors"?'],
  [
    soak('errors.new + 1.0'),
    '15:18: this condition cannot be used: it must be a comparison that is true or false, such as errors.new < 0.01',
  ],
  [
    '- run: A\n  command: [x]\n  effect: executive',
    '13:9: an executive command needs an "undo", expected undo: { command: [...] }, or undo: { none: "why there is no way back" }',
  ],
  [
    '- run: A\n  command: [x]\n  effect: read-only\n  undo: { command: [y] }',
    '16:9: a read-only command changes nothing, so there is nothing to undo, expected effect: executive, or no undo',
  ],
  [
    '- announce: A\n  about: production\n  to: [team]\n  text: hi',
    '14:16: this message is about "production", but no step in front of it deploys or rolls out there, expected one that waits for the rollout of production',
  ],
  [
    '- announce: A\n  to: [team]\n  text: production is new',
    '15:15: this message speaks of production, expected about: production',
  ],
  ['- announce: A\n  to: [team, team]\n  text: hi', '14:20: "team" is listed twice'],
  ['- wait: A\n  for: 1s\n  needs: [a]', '15:16: these steps wait for each other: a -> a'],
  ['- announce: A\n  to: [tam]\n  text: hi', '14:14: there is no channel "tam", did you mean "team"?'],
  [
    "- announce: A\n  to: [team]\n  text: '{{ artifact.vers }}'",
    '15:19: there is no variable "artifact.vers" here, did you mean "artifact.version"?',
  ],
  [
    '- deploy: staging\n  id: a\n- deploy: staging\n  id: b\n  needs: []',
    '15:9: "b" may run at the same time as "a" (line 13), and both touch "staging", expected needs: [a]',
  ],
])('%s', (steps, problem) => {
  expect(problemsIn(withSteps(steps) + TAKEN_BACK)).toEqual([problem]);
});

test.each([
  ['whole numbers in a condition', soak('errors.new < 1')],
  ['a rising canary', rollout('production', 'canary', 5, 25, 100)],
  ['a rolling rollout', rollout('production', 'rolling', 25, 100)],
  ['one that goes below', `${rollout('production', 'rolling', 100)}\n  max-surge: 0\n  max-unavailable: 25%`],
  ['a dark launch that copies a part only', rollout('production', 'dark-launch', 5, 20)],
  [
    'a dark launch with a rollout to the same environment after it',
    `${rollout('production', 'dark-launch', 100)}\n${rollout('production', 'canary', 5, 100)}`,
  ],
  [
    'a dark launch that copies what changes nothing',
    `${rollout('production', 'dark-launch', 100)}\n  mirror: { methods: [GET, HEAD, OPTIONS], compare: { body: none } }`,
  ],
  [
    'a message about what was rolled out before it',
    `${rollout('production', 'canary', 100)}\n- announce: production is new\n  about: production\n  to: [team]\n  text: hi`,
  ],
])('%s is right', (_, steps) => {
  expect(problemsIn(withSteps(steps) + TAKEN_BACK)).toEqual([]);
});

test.each(['canary', 'rolling', 'dark-launch'])('a %s rollout that nothing judges is refused', (strategy) => {
  const steps = `- rollout: production\n  strategy: ${strategy}\n  steps: [{ weight: 100, hold: 1s }]`;
  expect(problemsIn(withSteps(steps))).toEqual([
    '13:9: nothing judges the new version, expected "judge" with at least one metric, or "while" with at least one condition',
  ]);
});

describe('where only whole versions run', () => {
  const problems = (strategy: string) =>
    problemsIn(
      withSteps(rollout('bare', strategy, 50, 100)).replace(
        'bare: { tier: staging, target: { process: { command: [a] } } }',
        'bare: { tier: staging, target: { static: {} }, router: { builtin: {} } }',
      ),
    );

  test('a rolling rollout is refused', () => {
    expect(problems('rolling')).toEqual([
      '13:18: the target "static" of "bare" runs whole versions only, so its instances cannot be replaced one by one, expected another strategy, or the target process',
    ]);
  });

  test('a canary is right', () => {
    expect(problems('canary')).toEqual([]);
  });
});

describe('behind a router that copies no requests', () => {
  const problems = (strategy: string) =>
    problemsIn(
      withSteps(rollout('bare', strategy, 50, 100)).replace(
        'bare: { tier: staging, target: { process: { command: [a] } } }',
        'bare: { tier: staging, target: { process: { command: [a] } }, router: { plain: {} } }',
      ),
    );

  test('a dark launch is refused', () => {
    expect(problems('dark-launch')).toEqual([
      '13:18: the router "plain" of "bare" copies no requests, so nothing can be launched there in the dark, expected another strategy, or the router builtin',
    ]);
  });

  test('a canary is right', () => {
    expect(problems('canary')).toEqual([]);
  });
});
