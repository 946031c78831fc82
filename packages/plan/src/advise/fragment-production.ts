import { type FragmentOf, quoted } from './fragment-of.ts';
import type { Situation } from './situation.ts';

/** The phase in which people meet the new version. */
export function productionPhase(of: FragmentOf): string[] {
  return ['  - phase: production', '    steps:', ...migration(of), ...bringing(of)];
}

function migration({ situation, words }: FragmentOf): string[] {
  if (situation.change !== 'migration') return [];
  const wayBack = situation.reversible
    ? ['        undo: { command: [./migrate.sh, down] }']
    : [`        confirm: ${quoted(words.confirm)}`, `        undo: { none: ${quoted(words.noReturn)} }`];
  return [
    `      - run: ${quoted(words.migrate)}`,
    '        id: migrate-the-data',
    `        command: [./migrate.sh, up] # ${words.fillIn}`,
    '        effect: executive',
    '        environment: production',
    ...wayBack,
    '        on-fail: page',
  ];
}

function bringing(of: FragmentOf): string[] {
  const hold = holdOf(of.situation);
  switch (of.strategy) {
    case 'rolling':
      return rollout('rolling', [
        [25, hold],
        [50, hold],
        [100, hold],
      ]);
    case 'canary':
      return rollout('canary', [
        [5, hold],
        [25, hold],
        [50, hold],
        [100, hold],
      ]);
    case 'dark-launch':
      return [
        ...rollout('dark-launch', [
          [10, '30m'],
          [100, '1h'],
        ]),
        '        id: dark-launch',
        ...rollout('canary', [
          [5, hold],
          [25, hold],
          [50, hold],
          [100, hold],
        ]),
      ];
    case 'blue-green':
    case 'big-bang':
      return rollout(of.strategy, [[100, '1h']]);
    case 'flag':
      return flagRollouts(of.situation);
    case 'deploy':
      return [
        '      - deploy: production',
        '        on-fail: page',
        `      - check: ${quoted(of.words.answers)}`,
        '        id: the-new-version-answers',
        `        http: { url: "http://127.0.0.1:8080/", retries: 3 } # ${of.words.fillIn}`,
        '        on-fail: rollback',
      ];
  }
}

/** The less traffic, the longer a share is held before it says anything. */
function holdOf({ traffic }: Situation): string {
  if (traffic >= 100) return '15m';
  return traffic >= 10 ? '1h' : '4h';
}

type Shares = readonly (readonly [weight: number, hold: string])[];

const stepsOf = (shares: Shares): string[] => [
  '        steps:',
  ...shares.map(([weight, hold]) => `          - { weight: ${weight}, hold: ${hold} }`),
];

function rollout(strategy: 'rolling' | 'canary' | 'dark-launch' | 'blue-green' | 'big-bang', shares: Shares): string[] {
  const isBeside = strategy === 'rolling' || strategy === 'canary';
  const judged = isBeside ? 'judge: [errors, latency]' : 'while: ["errors.new < 0.01", "latency.new < 800"]';
  return ['      - rollout: production', `        strategy: ${strategy}`, `        ${judged}`, ...stepsOf(shares)];
}

/** Accounts are not chosen by chance: they are held to a limit, and compared with nobody. */
function flagRollouts({ audience }: Situation): string[] {
  const flag = (id: string): string[] => [
    '      - rollout: production',
    `        id: ${id}`,
    '        by: flag',
    '        flag: new-feature',
  ];
  const pilots = [
    ...flag('pilots'),
    '        while: ["errors.new < 0.05"]',
    '        steps: [{ segment: pilots, hold: 24h }]',
  ];
  return [
    ...(audience === 'b2b' ? pilots : []),
    ...flag('everybody'),
    '        judge: [errors]',
    ...stepsOf([
      [10, '24h'],
      [50, '24h'],
      [100, '24h'],
    ]),
  ];
}
