import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { flagsOf, marksOf, MONDAY } from '../testing/flags.ts';
import { SOUND, spoilt } from '../testing/sound-plan.ts';
import { RED_FLAGS } from './catalogue/catalogue.ts';

/** `LINE` of a text in a plan. */
function lineOf(plan: string, text: string): number {
  return plan.slice(0, plan.indexOf(text)).split('\n').length;
}

type Change = readonly [find: string, put: string];

/** What is changed in the sound plan; the flag; a text in the line where it stands. */
type Case = readonly [what: string, changes: readonly Change[], flag: string, at: string];

const UNDO = 'undo: { command: [./migrate.sh, down] }';
const NOBODY_ASKED: Change = [
  `      - signoff: go-no-go
        by: { release-manager: 1 }
        not: [author]`,
  '      - task: Look around\n        owner: tech-lead',
];
const PAGE: Change = ['page: { to: [team] }\n', ''];
const STEPS = 'steps: [{ weight: 10, hold: 10m }, { weight: 100, hold: 10m }]';
const CANARY = `strategy: canary
        judge: [errors, latency]
        ${STEPS}`;

const CASES: readonly Case[] = [
  ['no way back, nobody asked', [[UNDO, 'undo: { none: it is mail }'], NOBODY_ASKED], 'SLW001 error', 'undo: { none'],
  [
    'no way back on staging, nobody asked',
    [
      ['effect: executive\n        environment: production', 'effect: executive\n        environment: staging'],
      [UNDO, 'undo: { none: it is mail }'],
      NOBODY_ASKED,
    ],
    'SLW001 warning',
    'undo: { none',
  ],
  [
    'the way back is never rehearsed',
    [
      ['The way back was rehearsed on staging', 'Warm the caches'],
      ['./rehearse.sh', './warm.sh'],
    ],
    'SLW002 warning',
    'run: Migrate',
  ],
  ['nobody is on call', [PAGE, ['on-fail: page', 'on-fail: rollback']], 'SLW003 warning', 'people:'],
  ['nobody decides', [[NOBODY_ASKED[0], '      - wait: A while\n        for: 1h']], 'SLW003 warning', 'phases:'],
  [
    'fixed limits alone',
    [['judge: [errors, latency]', 'while: ["errors.new < 0.01", "latency.new < 400"]']],
    'SLW004 warning',
    'rollout: production',
  ],
  ['a metric that only production reads', [[', "latency.new < 400"', '']], 'SLW005 warning', 'latency: {'],
  ['Friday afternoon', [['2026-11-24T10:00', '2026-11-27T12:00']], 'SLW006 warning', 't0:'],
  ['a Sunday', [['2026-11-24T10:00', '2026-11-29T10:00']], 'SLW006 warning', 't0:'],
  ['the eve of a holiday', [['2026-11-24T10:00', '2026-12-24T10:00']], 'SLW006 warning', 't0:'],
  ['a holiday', [['2026-11-24T10:00', '2027-07-14T10:00']], 'SLW006 warning', 't0:'],
  [
    'a migration, then everybody at once',
    [[CANARY, 'strategy: big-bang\n        while: ["errors.new < 0.01"]\n        steps: [{ weight: 100, hold: 10m }]']],
    'SLW007 error',
    'rollout: production',
  ],
  [
    'a destructive command with an undo',
    [['[./migrate.sh, up]', '[psql, -c, drop table carts]']],
    'SLW008 error',
    'command: [psql',
  ],
  [
    'a destructive command with an undo, split into words',
    [['[./migrate.sh, up]', '[npx, prisma, migrate, deploy]']],
    'SLW008 error',
    'command: [npx',
  ],
  [
    'one approver, who may be the author',
    [['by: { release-manager: 1 }\n        not: [author]', 'by: { tech-lead: 1 }']],
    'SLW009 warning',
    'by: { tech-lead',
  ],
  ['any approver, who may be the author', [['        not: [author]\n', '']], 'SLW009 info', 'by: { release'],
  [
    'claimed before production',
    [
      [
        '  - phase: production\n',
        `  - phase: early
    steps: [{ announce: The shop is live, to: [team], text: Look. }]
  - phase: production\n`,
      ],
    ],
    'SLW010 error',
    'announce: The shop is live',
  ],
  [
    'claimed before production, in French',
    [
      [
        '  - phase: production\n',
        `  - phase: early
    steps: [{ announce: Nouvelle boutique, to: [team], text: La boutique est en ligne. }]
  - phase: production\n`,
      ],
    ],
    'SLW010 error',
    'announce: Nouvelle',
  ],
  [
    'a condition that is always true',
    [['"errors.new < 0.01", "latency.new < 400"', '"errors.new <= 1", "latency.new < 400"']],
    'SLW012 error',
    '"errors.new <= 1"',
  ],
  [
    'a condition that only a total failure makes false',
    [['"errors.new < 0.01", "latency.new < 400"', '"errors.new < 1", "latency.new < 400"']],
    'SLW012 error',
    '"errors.new < 1"',
  ],
  [
    'a condition of one share that is always true',
    [['{ weight: 10, hold: 10m }', '{ weight: 10, hold: 10m, while: ["latency.old >= 0"] }']],
    'SLW012 error',
    '"latency.old >= 0"',
  ],
  [
    'a margin that allows all',
    [['judge: [errors, latency]', 'judge: { errors: { plus: 100% } }']],
    'SLW012 error',
    'judge: { errors',
  ],
  [
    'a window that closes too early',
    [
      [
        'zone: Europe/Paris\n',
        'zone: Europe/Paris\ncalendar: { windows: [{ days: [mon, tue], from: "10:00", to: "10:15" }] }\n',
      ],
    ],
    'SLW013 warning',
    'rollout: production',
  ],
  ['a hold of which nobody hears', [PAGE, ['        on-fail: page\n', '']], 'SLW014 warning', 'run: Migrate'],
  [
    'a secret',
    [['effect: read-only', 'effect: read-only\n        env: { API_TOKEN: hunter2 }']],
    'SLW015 warning',
    'hunter2',
  ],
];

const tasks = (count: number): string =>
  Array.from({ length: count }, (_, id) => `      - { task: Item ${id}, owner: tech-lead }`).join('\n');

describe('red flags', () => {
  test('a sound plan has none', () => {
    expect(marksOf(SOUND)).toEqual([]);
  });

  test.each(CASES)('%s', (_, changes, flag, at) => {
    const text = spoilt(...changes);
    const marks = marksOf(text).map((mark) => mark.replace(/:\d+$/, ''));
    expect(marks).toContain(`${flag} ${lineOf(text, at)}`);
  });

  test.each([30, 31])('%i items by hand', (count) => {
    const text = spoilt(['      - signoff: go-no-go', `${tasks(count - 1)}\n      - signoff: go-no-go`]);
    expect(marksOf(text).some((mark) => mark.startsWith('SLW016'))).toBe(count > 30);
  });

  test('a list without automation', () => {
    const text = `launch: l\nartifact: { name: l, version: 1.0.0 }\npeople: { tech-lead: [ada@shop] }\nphases:\n  - phase: p\n    steps:\n${tasks(2)}\n`;
    expect(marksOf(text)).toEqual(['SLW017 warning 7:9']);
  });

  test('a rollout that cannot find what it looks for, as the judge says', () => {
    const blind = [{ step: 'rollout-production', metrics: ['errors'], chance: 0.414 }];
    const [flag, ...others] = flagsOf(SOUND, { blind });
    expect(others).toEqual([]);
    expect(flag).toMatchObject({
      code: 'SLW011',
      line: lineOf(SOUND, STEPS),
      said: { en: expect.stringContaining('errors in 41 of 100') },
    });
  });

  test.each<readonly [string, readonly Change[], string]>([
    [
      'a phrase that somebody types holds',
      [[UNDO, 'confirm: drop it\n        undo: { none: it is mail }'], NOBODY_ASKED],
      'SLW001',
    ],
    ['a GO in front holds', [[UNDO, 'undo: { none: it is mail }']], 'SLW001'],
    [
      'a typed phrase marks what is destructive',
      [['[./migrate.sh, up]', '[psql, -c, drop table carts]\n        confirm: drop carts']],
      'SLW008',
    ],
    [
      'a point of no return marks what is destructive',
      [
        ['[./migrate.sh, up]', '[psql, -c, drop table carts]'],
        [UNDO, 'undo: { none: gone }'],
      ],
      'SLW008',
    ],
    ['Friday morning', [['2026-11-24T10:00', '2026-11-27T11:59']], 'SLW006'],
    [
      'a holiday of another country',
      [
        ['2026-11-24T10:00', '2027-07-14T10:00'],
        ['Europe/Paris', 'Europe/Berlin'],
      ],
      'SLW006',
    ],
    ['a calendar says itself when', [['t0: 2026-11-24T10:00', 't0: 2026-11-27T15:00\ncalendar: {}']], 'SLW006'],
    ['no fixed T-0', [['t0: 2026-11-24T10:00\n', '']], 'SLW006'],
    [
      'a comparison in a condition',
      [['judge: [errors, latency]', 'while: ["errors.new <= errors.old + 0.01"]']],
      'SLW004',
    ],
    [
      'another person gives the other GO',
      [
        [
          'by: { release-manager: 1 }\n        not: [author]',
          'by: { tech-lead: 1 }\n      - signoff: business\n        by: { release-manager: 1 }\n        not: [author]',
        ],
      ],
      'SLW009',
    ],
    [
      'a message of what will be',
      [
        [
          '  - phase: production\n',
          `  - phase: early
    steps: [{ announce: Shop will be available tomorrow, to: [team], text: Look. }]
  - phase: production\n`,
        ],
      ],
      'SLW010',
    ],
    ['a condition that can be false', [['errors.new < 0.01', 'errors.new < 0.9']], 'SLW012'],
    ['a migration before a rollout by shares', [], 'SLW007'],
  ])('%s', (_, changes, code) => {
    expect(marksOf(spoilt(...changes)).filter((mark) => mark.startsWith(code))).toEqual([]);
  });

  test('a secret is named and never repeated', () => {
    const text = spoilt(['effect: read-only', 'effect: read-only\n        env: { API_TOKEN: hunter2 }']);
    expect(JSON.stringify(flagsOf(text))).not.toContain('hunter2');
  });

  test('a page without anybody to page is an error of the plan, with the code', () => {
    expect(() => flagsOf(spoilt(PAGE))).toThrow('whom "page" tells');
  });

  test('errors come first, then by place', () => {
    const text = spoilt(
      ['2026-11-24T10:00', '2026-11-27T12:00'],
      ['[./migrate.sh, up]', '[psql, -c, drop table carts]'],
    );
    expect(flagsOf(text).map(({ code }) => code)).toEqual(['SLW008', 'SLW006']);
  });
});

describe('what a plan passes over', () => {
  const IGNORE = 'lint: { ignore: [{ code: SLW006, because: the fair is on that day, until: 2026-11-24 }] }\nt0:';
  const text = spoilt(['t0:', IGNORE], ['2026-11-24T10:00', '2026-11-27T12:00']);

  test('is shown with its reason and its end', () => {
    expect(flagsOf(text)).toMatchObject([
      { code: 'SLW006', ignored: { because: 'the fair is on that day', until: '2026-11-24' } },
    ]);
  });

  test.each<readonly [string, number, boolean]>([
    ['on its last day', MONDAY + 38 * 3_600_000, true],
    ['on the day after, by the clock of the plan', MONDAY + 39 * 3_600_000, false],
  ])('%s', (_, now, isIgnored) => {
    expect(flagsOf(text, { now }).map(({ ignored }) => ignored !== null)).toEqual([isIgnored]);
  });

  test.each([
    ['{ code: SLW006, until: 2026-12-31 }', 'because'],
    ['{ code: SLW006, because: why }', 'until'],
    ['{ code: SLW6, because: why, until: 2026-12-31 }', 'code'],
    ['{ code: SLW006, because: why, until: 2026-13-31 }', 'until'],
  ])('%s is refused', (item, key) => {
    expect(() => flagsOf(spoilt(['t0:', `lint: { ignore: [${item}] }\nt0:`]))).toThrow(key);
  });
});

test('every red flag says in both languages what it is, why and what to do', () => {
  for (const [code, { title, explanation }] of Object.entries(RED_FLAGS)) {
    expect(code).toMatch(/^SLW0\d\d$/);
    for (const text of [title.en, title.fr]) expect(text.length).toBeGreaterThan(5);
    for (const text of [explanation.en, explanation.fr]) expect(text).toMatch(/^.{60,}\.$/);
  }
});

test('the page that the output names explains every red flag', () => {
  const page = readFileSync(new URL('../../../../docs/explanation/red-flags.md', import.meta.url), 'utf8');
  for (const [code, { title }] of Object.entries(RED_FLAGS)) {
    expect(page).toContain(`<a id="${code}"></a>`);
    expect(page).toContain(`## ${code}: ${title.en}`);
  }
});
