/** Plans that put the example shop into production and roll its next version out there. */
interface Where {
  readonly port: number;
  readonly instances?: number;
}

const environment = ({ port, instances = 1 }: Where) => `artifact: { name: shop }
environments:
  production:
    tier: production
    target: { process: { command: [node, server.ts], env: { SHOP_VERSION: '{{ artifact.version }}' }, instances: ${instances} } }
    router: { builtin: { listen: ${port}, sticky: { cookie: visitor } } }`;

export const installPlan = (where: Where) =>
  `launch: first\n${environment(where)}\nphases: [{ phase: install, steps: [{ deploy: production }] }]\n`;

/** `hold`: how long the first quarter of the traffic is watched, such as `4s`. */
export const canaryPlan = (where: Where, hold: string) => `launch: next
${environment(where)}
metrics: { errors: { from: router, ratio: server-errors } }
phases:
  - phase: production
    steps:
      - rollout: production
        strategy: canary
        while: ['errors.new <= errors.old + 0.02']
        min-samples: 20
        steps: [{ weight: 25, hold: ${hold} }, { weight: 100, hold: 1s }]
`;
