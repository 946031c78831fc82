/** A plan in which nothing is wrong, and that has no red flag. Tests take something from it, or put something in. */
export const SOUND = `launch: shop
artifact: { name: shop, version: 2.2.0 }
zone: Europe/Paris
t0: 2026-11-24T10:00
people:
  release-manager: [rita@shop, ron@shop]
  tech-lead: [ada@shop]
environments:
  staging:
    tier: staging
    target: { process: { command: [node, server.js] } }
    router: { builtin: {} }
  production:
    tier: production
    target: { process: { command: [node, server.js], instances: 3 } }
    router: { builtin: {} }
metrics:
  errors: { from: router, ratio: server-errors }
  latency: { from: router, quantile: 0.99 }
channels:
  team: { console: {} }
page: { to: [team] }
phases:
  - phase: gate
    steps:
      - check: The tree is clean
        git: { clean: true }
  - phase: staging
    steps:
      - deploy: staging
      - soak: staging
        for: 1h
        while: ["errors.new < 0.01", "latency.new < 400"]
      - run: The way back was rehearsed on staging
        command: [./rehearse.sh]
        effect: read-only
  - phase: decide
    steps:
      - signoff: go-no-go
        by: { release-manager: 1 }
        not: [author]
  - phase: production
    steps:
      - run: Migrate the schema
        command: [./migrate.sh, up]
        effect: executive
        environment: production
        undo: { command: [./migrate.sh, down] }
        on-fail: page
      - rollout: production
        strategy: canary
        judge: [errors, latency]
        steps: [{ weight: 10, hold: 10m }, { weight: 100, hold: 10m }]
  - phase: announce
    steps:
      - announce: Shop is live
        about: production
        to: [team]
        text: It is there.
announcements:
  - { on: rolled-back, to: [team], title: Taken back, text: Sorry. }
`;

/** The sound plan with one text in place of another. Throws where that is not in it. */
export function spoilt(...changes: readonly (readonly [find: string, put: string])[]): string {
  return changes.reduce((text, [find, put]) => {
    if (!text.includes(find)) throw new Error(`the sound plan does not hold: ${find}`);
    return text.replace(find, put);
  }, SOUND);
}
