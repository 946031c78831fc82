/** The one person of the recorded launches: a server that goes on with them needs the same. */
export const PERSON = 'release@example.com';
/** Where the launches ran: a folder that is everywhere, for it stands in the log. */
export const DIRECTORY = '/tmp';
/** While it is there the first check fails. */
export const FLAG = 'slipway-old-logs-flag';

const APP = "require('node:http').createServer((_, answer) => answer.end()).listen(process.env.PORT, process.env.HOST)";
const counts = (bad: string) =>
  `[node, --eval, 'const total = Date.now(); console.log(JSON.stringify({ total, bad: ${bad} }))']`;
const ERRORS = counts('0');
/** All that the new version answers since it is there is bad. */
const BAD = counts('process.env.SLIPWAY_VERSION === "2.0.0" ? total : 0');
const SILENT = "['false']";

const head = (name: string, metric = ERRORS) => `launch: ${name}
title: Checkout – « été »
artifact: { name: ${name} }
zone: Europe/Paris
people: { release: [${PERSON}], tech: [${PERSON}, tech@example.com] }
channels: { team: { console: {} } }
environments:
  production:
    tier: production
    target: { process: { command: [node, --eval, "${APP}"] } }
    router: { builtin: { listen: 0 } }
metrics: { errors: { from: command, argv: ${metric} } }
`;

const rollout = (own = '') => `      - rollout: production
        strategy: canary
        while: ['errors.new < 0.1']
        min-samples: 5
        every: 200ms
${own}        steps: [{ weight: 50, hold: 1s }, { weight: 100, hold: 1s }]
`;

/** Installs what the next launch of the same name replaces. */
export const first = (name: string): string =>
  `${head(name)}phases: [{ phase: install, steps: [{ deploy: production }] }]\n`;

/** To the end, past a vote that fell, a sign-off that was skipped and a hold in the middle of a rollout. */
export const there = `${head('there')}phases:
  - phase: gate
    steps:
      - { check: Nobody raised a flag, command: { argv: [test, '!', -e, ${FLAG}] }, attempts: 1 }
      - { check: The world is there, command: { argv: ['true'] } }
      - { signoff: go, by: { release: 1, tech: 1 }, distinct: false }
      - { signoff: two, by: { tech: 2 } }
      - { task: Support is ready, owner: release, proof: url }
      - { run: Build, command: [echo, built], effect: read-only }
      - { run: Migrate, command: ['true'], effect: executive, confirm: change production, undo: { command: ['true'] } }
  - phase: production
    steps:
${rollout()}      - { announce: 'Version {{ artifact.version }} is live', about: production, to: [team], text: 'It serves everyone.' }
      - { wait: A moment, for: 300ms }
announcements:
  - { on: started, to: [team], title: Begins, text: 'By {{ person }}.' }
  - { on: held, to: [team], title: Held, text: '{{ facts.cause }}' }
  - { on: completed, to: [team], title: Done, text: Done. }
`;

/** Taken back by the judge. */
export const back = `${head('back', BAD)}phases:
  - phase: production
    steps:
      - { run: Migrate, command: ['true'], effect: executive, undo: { command: ['true'] } }
      - { run: Mail, command: ['true'], effect: executive, undo: { none: a mail cannot be unsent } }
${rollout()}announcements:
  - { on: turning-back, to: [team], title: Back, text: '{{ facts.cause }}' }
  - { on: rolled-back, to: [team], title: Is back, text: 'After {{ facts.secondsToRecover }} s.' }
`;

/** Held again and again: by an outcome that nobody knows, by a step that failed, by a judge who cannot see. */
export const doubt = `${head('doubt', SILENT)}phases:
  - phase: production
    steps:
      - { run: Slow, command: [sleep, '30'], timeout: 500ms, effect: executive, undo: { command: ['true'] } }
${rollout('        silence: 1s\n')}`;

/** Called off before anything was touched. */
export const scrub = `${head('scrub')}phases:
  - phase: gate
    steps:
      - { signoff: go, by: { release: 1 } }
`;

/** Its way back does not come to its end. */
export const stuck = `${head('stuck')}phases:
  - phase: production
    steps:
      - { run: Migrate, command: ['true'], effect: executive, undo: { command: ['false'] } }
      - { task: Somebody looks, owner: release }
`;

/** Left in the middle of a command. */
export const underWay = `${head('under-way')}phases:
  - phase: production
    steps:
      - { run: Migrate, command: [sleep, '3600'], effect: executive, verify: ['true'], undo: { command: ['true'] } }
      - { task: Somebody looks, owner: release }
      - { wait: A moment, for: 300ms }
      - { announce: Done, to: [team], text: Done. }
`;
