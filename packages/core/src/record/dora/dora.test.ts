import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentMarkdown } from '../document/document-markdown.ts';
import { COMPLETED } from '../testing/completed-log.ts';
import { fold } from '../testing/log.ts';
import { ROLLED_BACK } from '../testing/rolled-back-log.ts';
import { dora, type DoraInput } from './dora.ts';
import { doraDocument } from './dora-document.ts';
import { hotfixDocument, hotfixes, unmended } from './hotfixes.ts';
import { type Release, releaseBefore, releaseOf } from './release.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function release(changes: Partial<Release> = {}): Release {
  return {
    launch: 'shop-1',
    title: 'Shop',
    artifact: 'shop',
    version: '2.0.0',
    git: 'v2.0.0',
    previousVersion: '1.0.0',
    startedAt: 10 * DAY,
    startedBy: 'rm',
    urgency: 'normal',
    deploys: true,
    result: 'completed',
    reachedProduction: true,
    inProductionAt: 10 * DAY + HOUR,
    turnedBackAt: null,
    firstBadAt: null,
    backAt: null,
    endedAt: 10 * DAY + HOUR,
    exposure: null,
    ...changes,
  };
}

const HOTFIX = release({
  launch: 'shop-2',
  version: '2.0.1',
  previousVersion: '2.0.0',
  urgency: 'hotfix-p1',
  startedAt: 11 * DAY,
  inProductionAt: 11 * DAY + HOUR,
});

const BACK = release({
  launch: 'shop-3',
  startedAt: 12 * DAY,
  result: 'rolled-back',
  inProductionAt: null,
  firstBadAt: 12 * DAY,
  backAt: 12 * DAY + 30_000,
});

const over = (releases: readonly Release[], changes: Partial<DoraInput> = {}) =>
  dora({ releases, since: 0, until: 20 * DAY, commits: {}, notRead: 0, ...changes });

describe('the metrics', () => {
  test('of no launch are not known, and none of them is 0', () => {
    expect(over([])).toMatchObject({
      deployments: 0,
      deploymentsPerDay: null,
      leadTimeMs: null,
      changeFailureRate: null,
      timeToRestoreMs: null,
    });
  });

  test.each([
    ['one that went well', [release()], { deployments: 1, deploymentsPerDay: 0.05, changeFailureRate: 0 }],
    ['one taken back', [BACK], { changeFailureRate: 1, timeToRestoreMs: 30_000, restoreUnknown: 0 }],
    [
      'one taken back whose first bad answer nobody saw',
      [{ ...BACK, firstBadAt: null }],
      { changeFailureRate: 1, timeToRestoreMs: null, restoreUnknown: 1 },
    ],
    [
      'one that a hotfix mended',
      [release({ firstBadAt: 10 * DAY + 2 * HOUR }), HOTFIX],
      { deployments: 2, changeFailureRate: 0.5, timeToRestoreMs: 23 * HOUR },
    ],
    [
      'a hotfix of something that the log does not know',
      [{ ...HOTFIX, previousVersion: null }],
      { deployments: 1, changeFailureRate: 0 },
    ],
    ['one under way', [release({ result: 'open', inProductionAt: null })], { undecided: 1, changeFailureRate: null }],
    ['a rehearsal', [release({ deploys: false })], { deployments: 0, changeFailureRate: null }],
    ['one before the time', [release({ startedAt: -DAY, inProductionAt: -1 })], { deployments: 0 }],
  ] as const)('of %s', (_name, releases, expected) => {
    expect(over(releases)).toMatchObject(expected);
  });

  test('lead time is the median over commits, and says of how many it is not known', () => {
    const at = 10 * DAY + HOUR;
    const commits = { 'shop-1': [at - HOUR, at - 3 * HOUR, at - 5 * HOUR, at - 7 * HOUR] };
    expect(over([release(), HOTFIX], { commits })).toMatchObject({
      leadTimeMs: 4 * HOUR,
      leadTimeCommits: 4,
      leadTimeUnknown: 1,
    });
  });

  test('a commit made after its release tells nothing', () => {
    expect(over([release()], { commits: { 'shop-1': [15 * DAY] } })).toMatchObject({
      leadTimeMs: null,
      leadTimeUnknown: 1,
    });
  });

  test('of any launches stay in their ranges', () => {
    const any = fc.record({
      launch: fc.uuid(),
      version: fc.constantFrom('1', '2', '3'),
      previousVersion: fc.option(fc.constantFrom('1', '2', '3')),
      startedAt: fc.integer({ min: 0, max: 20 * DAY }),
      inProductionAt: fc.option(fc.integer({ min: 0, max: 20 * DAY })),
      firstBadAt: fc.option(fc.integer({ min: 0, max: 20 * DAY })),
      backAt: fc.option(fc.integer({ min: 0, max: 20 * DAY })),
      urgency: fc.constantFrom(null, 'normal', 'hotfix-p1', 'hotfix-p2'),
      result: fc.constantFrom('completed', 'scrubbed', 'rolled-back', 'rollback-incomplete', 'open'),
      deploys: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any.map(release), { maxLength: 12 }), (releases) => {
        const found = over(releases);
        expect(found.failed.length + found.undecided).toBeLessThanOrEqual(found.deployments);
        expect(found.changeFailureRate ?? 0).toBeLessThanOrEqual(1);
        expect(found.timeToRestoreMs ?? 0).toBeGreaterThanOrEqual(0);
        expect(new Set(found.failed.map(({ launch }) => launch)).size).toBe(found.failed.length);
        expect(documentMarkdown(doraDocument(found, 'fr'))).not.toMatch(/undefined|NaN|null/);
      }),
    );
  });
});

describe('a launch as a release', () => {
  test.each([
    ['completed', COMPLETED, { result: 'completed', deploys: true, previousVersion: '1.0.0' }],
    ['rolled back', ROLLED_BACK, { result: 'rolled-back', deploys: true, inProductionAt: null }],
    ['under way', COMPLETED.slice(0, 20), { result: 'open', deploys: false, inProductionAt: null }],
  ] as const)('%s', (_name, events, expected) => {
    expect(releaseOf(fold(events))).toMatchObject(expected);
  });

  test.each([
    [undefined, null],
    [{ urgency: 'hotfix-p1' }, 'hotfix-p1'],
    [{ urgency: 3 }, null],
  ])('with the calendar %j', (calendar, urgency) => {
    const launch = fold(COMPLETED);
    const plan = { ...launch.plan, ...(calendar === undefined ? {} : { calendar: calendar as never }) };
    expect(releaseOf({ ...launch, plan }).urgency).toBe(urgency);
  });

  test('follows the newest one that brought what it found', () => {
    const older = release({ launch: 'shop-0', startedAt: DAY });
    const other = release({ launch: 'shop-9', version: '9.0.0', startedAt: 10.5 * DAY });
    expect(releaseBefore(HOTFIX, [older, release(), other, HOTFIX, BACK])?.launch).toBe('shop-1');
    expect(releaseBefore(HOTFIX, [release({ artifact: 'other' })])).toBeNull();
  });
});

describe('hotfixes', () => {
  test('are linked to what they mend', () => {
    const bad = release({ firstBadAt: 10 * DAY + 2 * HOUR });
    expect(hotfixes([bad, HOTFIX])).toMatchObject([{ mends: { launch: 'shop-1' }, tookMs: 23 * HOUR }]);
  });

  test('that are missing are named', () => {
    expect(unmended([BACK]).map(({ launch }) => launch)).toEqual(['shop-3']);
    const later = release({ launch: 'shop-4', startedAt: 13 * DAY, inProductionAt: 13 * DAY + 1 });
    expect(unmended([BACK, later])).toEqual([]);
  });

  test.each(['en', 'fr'] as const)('are told by urgency, with what is not known (%s)', (language) => {
    const asked = { releases: [HOTFIX, BACK], since: 0, notRead: 2 };
    const text = documentMarkdown(hotfixDocument(asked, language));
    expect(text).toContain('## hotfix-p1');
    expect(text).toContain(language === 'en' ? 'not known' : 'inconnu');
    expect(text).toContain(language === 'en' ? '2 launches of this time' : '2 lancements de cette période');
  });
});
