/** A small launch in which everything that a rehearsal can make go wrong can go wrong. */
export const WATCHED = `
launch: watched
title: Watched
artifact: { name: app, version: 2.0.0 }
zone: UTC
t0: 2026-11-24T10:00
calendar:
  windows: [{ days: [mon, tue, wed, thu], from: '08:00', to: '18:00' }]
people:
  lead: [lead@example.com]
  operations: [ops@example.com]
environments:
  production: { tier: production, target: { process: { command: [node, app.ts] } }, router: { builtin: { listen: 8080 } } }
metrics:
  errors: { from: router, ratio: server-errors }
channels:
  team: { file: { path: team.md } }
  tickets: { file: { path: tickets.md } }
page: { to: [team] }
phases:
  - phase: decide
    steps:
      - signoff: go
        by: { lead: 1 }
        expires: 2h
      - wait: The hour
        until: T-0
  - phase: production
    steps:
      - run: Migrate
        command: [migrate]
        effect: executive
        environment: production
        verify: [migrate, --check]
        undo: { command: [migrate, down] }
      - rollout: production
        strategy: canary
        while: ['errors.new < 0.05']
        min-samples: 100
        steps:
          - { weight: 10, hold: 30m }
          - { weight: 100, hold: 1h }
        triggers:
          - { when: 'errors.new > 0.5', do: rollback }
          - { when: 'errors.new > 0.2', do: hold, for: 1m }
          - { when: 'errors.new > 0.1', do: { ticket: tickets } }
          - { hook: { from: alertmanager, match: { service: shop } }, do: rollback }
      - announce: We are live
        about: production
        to: [team]
        text: It is live.
      - soak: production
        id: care
        for: 6h
        on-fail: page
        while: ['errors.new < 0.05']
        min-samples: 100
        tiers:
          - { every: 30m, until: 2h }
          - { every: 1h, until: 6h }
        checks:
          - http: { url: 'http://127.0.0.1:8080/healthz', status: 200 }
        review: { by: operations, at: every }
        triggers:
          - { when: 'errors.new > 0.3', do: page }
          - { hook: { from: alertmanager, match: { service: shop } }, do: hold }
announcements:
  - { on: turning-back, to: [team], title: It goes back, text: '{{ facts.cause }}' }
  - { on: rollback-incomplete, to: [team], title: Somebody is needed, text: '{{ facts.cause }}' }
  - { on: rolled-back, to: [team], title: It is back, text: Over. }
  - { on: resumed, to: [team], title: It goes on, text: Again. }
  - { on: review-overdue, to: [team], title: A review is due, text: '{{ facts.waitingFor }}' }
  - { on: t0-moved, to: [team], title: 'Now at {{ facts.t0 }}', text: Moved. }
  - { on: completed, to: [team], title: All done, text: Over. }
`;
