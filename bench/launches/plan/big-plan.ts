const HEAD = `launch: big
title: A launch of many steps
artifact: { name: shop, version: 2.0.0 }
zone: Europe/Paris
t0: 2026-11-24T10:00
people:
  tech-lead: [tl@example.com]
  support-lead: [sl@example.com]
environments:
  staging:
    tier: staging
    target: { process: { command: [node, server.ts] } }
    router: { builtin: { listen: 8081 } }
  production:
    tier: production
    target: { process: { command: [node, server.ts], instances: 2 } }
    router: { builtin: { listen: 8080 } }
metrics:
  errors: { from: router, ratio: server-errors }
  latency: { from: router, quantile: 0.95 }
channels:
  team: { slack: { url: { env: SLACK_TEAM } } }
announcements:
  - { on: held, to: [team], title: 'Held: {{ launch.title }}', text: '{{ facts.cause }}' }
  - { on: rolled-back, to: [team], title: 'Back: {{ launch.title }}', text: '{{ facts.cause }}' }
`;

/** One of each, again and again; `n` makes the titles differ. */
const KINDS: readonly ((n: number) => string)[] = [
  (n) => `check: Page ${n} answers\n        http: { url: 'http://127.0.0.1:8081/${n}', latency: { below: 200ms } }`,
  (n) => `run: Look at ${n}\n        command: [node, scripts/look.ts, '${n}']\n        effect: read-only`,
  (n) => `task: Prepare ${n}\n        owner: support-lead\n        proof: url\n        due: T-2h`,
  (n) => `wait: A moment ${n}\n        for: 1m`,
  (n) =>
    `announce: Tell of ${n}\n        to: [team]\n        text: 'Step ${n} of {{ launch.title }}: {{ facts.checks }}'`,
  (n) => `signoff: agree-${n}\n        by: { tech-lead: 1, support-lead: 1 }`,
  (n) => `check: Branch is clean, ${n}\n        git: { branch: main, clean: true }`,
  (n) =>
    `soak: staging\n        id: watch-${n}\n        for: 10m\n        every: 10s\n        while: ['errors.new < 0.01', 'latency.new < 400']\n        min-samples: 50`,
];

const ROLLOUT = `rollout: production
        strategy: canary
        while: ['errors.new < 0.01', 'latency.new < 400']
        min-samples: 50
        steps: [{ weight: 5, hold: 10m }, { weight: 25, hold: 10m }, { weight: 100, hold: 10m }]`;

/** In each phase. */
const STEPS = 25;

/** A plan of so many steps of every kind, one after the other. It deploys to staging first and rolls production out last. Pure. */
export function bigPlan(steps: number): string {
  const between = Array.from({ length: Math.max(0, steps - 2) }, (_, index) => {
    const kind = KINDS[index % KINDS.length];
    return kind === undefined ? '' : kind(index + 1);
  });
  const all = steps === 1 ? ['deploy: staging'] : ['deploy: staging', ...between, ROLLOUT];
  const phases = Array.from({ length: Math.ceil(all.length / STEPS) }, (_, index) => {
    const lines = all.slice(index * STEPS, (index + 1) * STEPS).map((step) => `      - ${step}`);
    return `  - phase: phase-${index + 1}\n    steps:\n${lines.join('\n')}`;
  });
  return `${HEAD}phases:\n${phases.join('\n')}\n`;
}
