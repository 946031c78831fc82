import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Recorded } from '../../model/event.ts';
import { documentMarkdown } from '../document/document-markdown.ts';
import { COMMITS } from '../testing/commits.ts';
import { COMPLETED } from '../testing/completed-log.ts';
import { fold } from '../testing/log.ts';
import { ROLLED_BACK } from '../testing/rolled-back-log.ts';
import { type ReportKind, writeReport } from './write-report.ts';

const KINDS: readonly ReportKind[] = [
  'gate',
  'changelog',
  'release-notes',
  'deployment',
  'rollback',
  'post-mortem',
  'retrospective',
  'change-record',
];

const LOGS = { completed: COMPLETED, 'rolled-back': ROLLED_BACK } as const;

function written(kind: ReportKind, events: readonly Recorded[], language: 'en' | 'fr' = 'en', commits = COMMITS) {
  return writeReport(kind, { launch: fold(events), events, language, commits });
}

const read = (...order: Parameters<typeof written>): string => documentMarkdown(written(...order));

describe.each(KINDS)('%s', (kind) => {
  test.each([
    ['completed', 'en'],
    ['rolled-back', 'en'],
    ['rolled-back', 'fr'],
  ] as const)('of a %s launch reads as a document (%s)', async (log, language) => {
    await expect(read(kind, LOGS[log], language)).toMatchFileSnapshot(`../fixtures/${kind}.${log}.${language}.md`);
  });

  test('has the same figures in both languages', () => {
    expect(written(kind, ROLLED_BACK, 'fr').figures).toEqual(written(kind, ROLLED_BACK, 'en').figures);
  });

  test('can be written at any point of a launch, and never shows a hole of the program', () => {
    const cut = fc.record({
      events: fc.constantFrom<readonly Recorded[]>(COMPLETED, ROLLED_BACK),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      language: fc.constantFrom<'en' | 'fr'>('en', 'fr'),
    });
    fc.assert(
      fc.property(cut, ({ events, part, language }) => {
        const begun = events.slice(0, 1 + Math.floor(part * (events.length - 1)));
        const document = written(kind, begun, language);
        expect(documentMarkdown(document)).not.toMatch(/undefined|NaN|\bnull\b|\[object/);
        expect(JSON.parse(JSON.stringify(document))).toEqual(document);
      }),
    );
  });

  test('is the same for the same log', () => {
    expect(read(kind, ROLLED_BACK)).toBe(read(kind, ROLLED_BACK));
  });
});

describe('a gate entry', () => {
  test.each([
    ['before its end', COMPLETED.slice(0, 5), 'open'],
    ['after it', COMPLETED, 'go'],
    ['that was refused', refused(), 'no-go'],
    ['that was passed over', waived(), 'go-with-waivers'],
  ] as const)('%s', (_name, events, decision) => {
    expect(written('gate', events).figures['decision']).toBe(decision);
  });
});

test('conditions of a GO, and waivers with who proposed them and when they end, are named', () => {
  const [first] = COMPLETED;
  if (first === undefined) throw new Error('the log is empty');
  const step = 'go-no-go';
  const more = (event: Recorded['event'], index: number): Recorded => ({
    ...first,
    seq: COMPLETED.length + 1 + index,
    actor: { kind: 'person', id: 'sl@shop.example' },
    event,
  });
  const events = [
    {
      type: 'vote-cast',
      step,
      vote: 'go',
      roles: ['ops'],
      reason: '',
      basis: { seq: 1, hash: 'a' },
      conditions: ['a backup'],
    },
    { type: 'condition-met', step, condition: 1, proof: 'https://backup.example' },
    { type: 'step-skipped', step: 'smoke', reason: 'by hand', proposedBy: 'rm@shop.example', until: first.at },
    { type: 'window-overridden', step, reason: 'agreed' },
  ] as const;
  const launch = fold(COMPLETED);
  const log = [...COMPLETED, ...events.map(more)];
  const text = documentMarkdown(writeReport('change-record', { launch, events: log, language: 'en', commits: null }));
  for (const line of ['| a backup |', '| condition met | https://backup.example | 1 |', 'calendar: agreed'])
    expect(text).toContain(line);
  expect(text).toContain('| sl@shop.example | rm@shop.example | 2026-11-24 09:00:00 UTC | by hand |');
});

describe('a change log', () => {
  test('shows that nobody gave it commits', () => {
    const { launch, events } = { launch: fold(COMPLETED), events: COMPLETED };
    const document = writeReport('changelog', { launch, events, language: 'en', commits: null });
    expect(documentMarkdown(document)).toContain('Missing: no commits were given.');
    expect(document.figures).toMatchObject({ commits: null, listed: null });
  });

  test.each([
    ['not in production', COMPLETED.slice(0, 30), '## [Unreleased]'],
    ['in production', COMPLETED, '## [2.1.0] - 2026-11-24'],
    ['taken back', ROLLED_BACK, '## [2.1.0] - 2026-11-24 [YANKED]'],
  ] as const)('of a version that is %s', (_name, events, title) => {
    expect(read('changelog', events).split('\n')[0]).toBe(title);
  });
});

describe('a post-mortem', () => {
  test.each(['en', 'fr'] as const)('names roles and nobody (%s)', (language) => {
    const text = JSON.stringify(written('post-mortem', ROLLED_BACK, language));
    expect(text).toContain('release-manager');
    for (const person of ['rm@shop.example', 'sl@shop.example']) expect(text).not.toContain(person);
  });
});

describe('a rollback note', () => {
  test('counts from the first bad answer', () => {
    expect(written('rollback', ROLLED_BACK).figures).toMatchObject({
      detectionMs: 3_800,
      rollbackMs: 1_400,
      recoveryMs: 5_200,
      notUndone: 1,
      exposure: 62,
    });
  });
});

describe('a retrospective', () => {
  test('counts a target that nothing measured neither as met nor as missed', () => {
    const { figures } = written('retrospective', COMPLETED.slice(0, 10));
    expect(figures).toMatchObject({ targets: 2, met: 0, missed: 0, unknown: 2 });
  });

  test('names what was missed', () => {
    expect(written('retrospective', ROLLED_BACK).figures).toMatchObject({ met: 1, missed: 1, unknown: 0 });
  });
});

function refused(): readonly Recorded[] {
  const at = COMPLETED.findIndex(({ event }) => event.type === 'vote-cast');
  const [vote] = COMPLETED.slice(at);
  if (vote?.event.type !== 'vote-cast') throw new Error('there is no vote');
  const cause = { kind: 'no-go', step: vote.event.step, reason: 'no' } as const;
  const turning = { type: 'turning-back', cause, ending: 'scrubbed', stopBy: vote.at } as const;
  const said: Recorded = { ...vote, event: { ...vote.event, vote: 'no-go' } };
  return [...COMPLETED.slice(0, at), said, { ...vote, seq: vote.seq + 1, event: turning }];
}

function waived(): readonly Recorded[] {
  return COMPLETED.map((recorded) =>
    recorded.event.type === 'step-passed' && recorded.event.step === 'smoke'
      ? { ...recorded, event: { type: 'step-skipped', step: 'smoke', reason: 'seen by hand' } }
      : recorded,
  );
}
