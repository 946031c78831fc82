import { createPlanLanguage } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { expect, test } from 'vitest';
import { reportPlan } from './report.ts';

const plan = (...keys: readonly string[]) => `launch: shop
artifact: { name: shop, version: 2.1.0 }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], instances: 4 } }
    router: { builtin: { listen: 8080 } }
metrics: { errors: { from: router, ratio: server-errors } }
phases:
  - phase: production
    steps:
      - rollout: production
        while: [errors.new < 0.01]
        steps: [{ weight: 25, hold: 30s }, { weight: 100, hold: 1m }]
        ${keys.join('\n        ')}
`;

test.each<[readonly string[], readonly string[]]>([
  [['strategy: canary'], ['25 % of traffic on 2.1.0 for 30s', '100 % of traffic on 2.1.0 for 1m']],
  [
    ['strategy: rolling'],
    [
      '25 % of instances on 2.1.0 for 30s; on the way at most 25% more and 0 fewer than usual',
      '100 % of instances on 2.1.0 for 1m; on the way at most 25% more and 0 fewer than usual',
    ],
  ],
  [
    ['strategy: rolling', 'max-surge: 2', 'max-unavailable: 10%'],
    [
      '25 % of instances on 2.1.0 for 30s; on the way at most 2 more and 10% fewer than usual',
      '100 % of instances on 2.1.0 for 1m; on the way at most 2 more and 10% fewer than usual',
    ],
  ],
  [
    ['strategy: dark-launch'],
    [
      '25 % of GET, HEAD requests copied to 2.1.0 for 30s; nobody sees its answers',
      '100 % of GET, HEAD requests copied to 2.1.0 for 1m; nobody sees its answers',
      'compares status and body',
    ],
  ],
  [
    [
      'strategy: dark-launch',
      "mirror: { methods: [GET], compare: { body: { only: ['$.items'], ignore: ['$..now'] } } }",
    ],
    [
      '25 % of GET requests copied to 2.1.0 for 30s; nobody sees its answers',
      '100 % of GET requests copied to 2.1.0 for 1m; nobody sees its answers',
      'compares status and of the body $.items but $..now',
    ],
  ],
  [
    ['strategy: dark-launch', 'mirror: { methods: [GET], compare: { body: none } }'],
    [
      '25 % of GET requests copied to 2.1.0 for 30s; nobody sees its answers',
      '100 % of GET requests copied to 2.1.0 for 1m; nobody sees its answers',
      'compares the status of both answers, not their bodies',
    ],
  ],
])('a rollout with %j says what each of its steps does', (keys, stages) => {
  const report = reportPlan(createPlanLanguage(registry), { text: plan(...keys), file: 'launch.yaml' }, 0);
  expect(report.problems).toEqual([]);
  expect(report.timeline[0]?.what).toEqual([...stages, 'while errors.new < 0.01']);
});
