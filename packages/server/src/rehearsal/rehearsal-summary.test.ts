import type { RehearsalReport, ScenarioReport } from '@slipway/rehearsal';
import { expect, test } from 'vitest';
import { summaryOf } from './rehearsal-summary.ts';

const scenario = (id: string, own: Partial<ScenarioReport> = {}): ScenarioReport =>
  ({ id, end: 'completed', isGood: true, cause: null, broken: [], ...own }) as ScenarioReport;

const report = (scenarios: readonly ScenarioReport[]): RehearsalReport =>
  ({
    digest: 'digest',
    ok: scenarios.every(({ isGood }) => isGood),
    scenarios,
    never: {
      steps: ['a'],
      announcements: [],
      waysBack: ['b', 'c'],
      noWayBack: [{ step: 'mails', because: 'sent' }],
      conditions: [],
    },
  }) as unknown as RehearsalReport;

test('counts what was never exercised, but for what is declared to have no way back', () => {
  expect(summaryOf(report([scenario('good')]))).toEqual({
    planDigest: 'digest',
    ok: true,
    scenarios: 1,
    red: [],
    redCount: 0,
    neverExercised: 3,
  });
});

test('tells why a scenario is red, of 20 at most', () => {
  const broken = [{ invariant: 'watched', why: 'nobody looked' }] as const;
  const red = Array.from({ length: 30 }, (_, number) =>
    scenario(`bad:${number}`, { isGood: false, end: 'held', cause: 'errors', broken }),
  );
  const found = summaryOf(report([scenario('good'), ...red]));
  expect(found).toMatchObject({ ok: false, scenarios: 31, redCount: 30 });
  expect(found.red).toHaveLength(20);
  expect(found.red[0]).toEqual({ id: 'bad:0', end: 'held', why: ['watched: nobody looked', 'errors'] });
});
