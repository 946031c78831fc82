/** A launch of 48 hours in some thirty steps, as teams do it: a gate, staging, a soak by tiers, a decision, production, hypercare. */
export const GO_LIVE = `
launch: go-live
title: Go-live
artifact: { name: app, version: 2.0.0 }
zone: Europe/Paris
t0: 2026-11-24T10:00
calendar:
  windows: [{ days: [tue, wed, thu], from: '10:00', to: '16:00' }]
people:
  release-manager: [rm@example.com]
  tech-lead: [tl@example.com]
  support-lead: [sl@example.com]
  author: [dev@example.com]
environments:
  staging: { tier: staging, target: { process: { command: [node, app.ts] } }, router: { builtin: { listen: 8081 } } }
  production: { tier: production, target: { process: { command: [node, app.ts] } }, router: { builtin: { listen: 8080 } } }
metrics:
  errors: { from: router, ratio: server-errors }
  latency: { from: router, quantile: 0.95 }
channels:
  tech: { file: { path: tech.md } }
  product: { file: { path: product.md } }
phases:
  - phase: gate
    steps:
GATE
      - task: Support macros ready
        id: macros
        owner: support-lead
        proof: url
      - signoff: release-gate
        by: { release-manager: 1 }
  - phase: staging
    steps:
      - deploy: staging
      - run: Migrate staging
        command: [migrate, staging]
        effect: executive
        environment: staging
        undo: { command: [migrate, staging, down] }
      - check: Smoke on staging
        command: { argv: [smoke, staging] }
      - soak: staging
        id: soak-6h
        for: 6h
        while: ['errors.new < 0.01']
      - soak: staging
        id: soak-24h
        for: 18h
        while: ['errors.new < 0.01', 'latency.new < 800']
      - soak: staging
        id: soak-48h
        for: 24h
        while: ['errors.new < 0.01']
  - phase: decision
    steps:
      - signoff: go-no-go
        by: { tech-lead: 1, support-lead: 1 }
  - phase: production
    steps:
      - run: Backup
        command: [backup]
        effect: executive
        environment: production
        idempotent: true
        undo: { none: a backup harms nobody }
      - run: Migrate production
        command: [migrate, production]
        effect: executive
        environment: production
        confirm: migrate production
        verify: [migrate, production, --check]
        undo: { command: [migrate, production, down] }
      - rollout: production
        strategy: canary
        while: ['errors.new < 0.05']
        steps:
          - { weight: 5, hold: 30m }
          - { weight: 25, hold: 30m }
          - { weight: 50, hold: 30m }
          - { weight: 100, hold: 1h }
      - check: Smoke on production
        command: { argv: [smoke, production] }
  - phase: hypercare
    steps:
      - announce: We are live
        about: production
        to: [tech, product]
        text: '{{ artifact.version }} is live.'
      - soak: production
        id: hypercare
        for: 6h
        while: ['errors.new < 0.05']
      - run: Tag
        command: [git, tag, v2.0.0]
        effect: executive
        environment: production
        verify: [git, rev-parse, v2.0.0]
        undo: { command: [git, tag, -d, v2.0.0] }
      - announce: All clear
        to: [tech]
        text: It is over.
announcements:
  - { on: started, to: [tech], title: Deployment started, text: 'It starts.' }
  - { on: soaking, to: [tech], title: Soaking, text: 'It soaks.', again: 12h }
  - { on: held, to: [tech], title: Held, text: '{{ facts.cause }}' }
  - { on: turning-back, to: [tech, product], title: Incident, text: '{{ facts.cause }}' }
  - { on: rolled-back, to: [tech, product], title: All back, text: 'Over.' }
  - { on: scrubbed, to: [tech], title: Called off, text: 'Over.' }
`.replace(
  'GATE',
  Array.from(
    { length: 10 },
    (_, index) => `      - check: Gate check ${index + 1}\n        command: { argv: [gate, '${index + 1}'] }`,
  ).join('\n'),
);
