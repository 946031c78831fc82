import { RULE } from './met.ts';

/** `first`: the old version, without a word. `next`: a canary that is watched for longer than it takes to see that it is bad. */
export function planText(name: 'first' | 'next', port: number): string {
  return `launch: ${name}
artifact: { name: shop }
environments:
  production:
    tier: production
    target:
      process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' }, instances: 2, drain: 250ms }
    router: { builtin: { listen: ${port}, sticky: { cookie: shop-visitor } } }
metrics: { errors: { from: router, ratio: server-errors } }
phases:
  - phase: production
    steps:
      - ${name === 'first' ? 'deploy: production' : ROLLOUT}
`;
}

const ROLLOUT = `rollout: production
        strategy: canary
        while: ['errors.new < ${RULE.limit}']
        min-samples: ${RULE.samples}
        steps: [{ weight: 5, hold: 10m }, { weight: 100, hold: 1s }]`;
