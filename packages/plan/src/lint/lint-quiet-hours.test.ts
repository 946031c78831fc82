import { describe, expect, it } from 'vitest';
import { planOf, problemsIn, withSteps } from '../testing/problems.ts';

const quiet = (written: string): string =>
  `${withSteps('- { wait: A, for: 1m }')}audiences: { all: [team] }\nmessages: { quiet: ${written} }\n`;

describe('quiet hours', () => {
  it.each([
    [
      'of a channel that is not there',
      '[{ to: [taem], hours: 22:00-07:00 }]',
      /there is no channel "taem", did you mean "team"/,
    ],
    ['that last no time', '[{ to: [team], hours: 22:00-22:00 }]', /expected an end that is not the beginning/],
    ['of no clock', '[{ to: [team], hours: 22-7 }]', /expected two times of the wall clock such as 22:00-07:00/],
    ['of another hour than clocks have', '[{ to: [team], hours: 22:00-25:00 }]', /two times of the wall clock/],
    ['of no day', '[{ to: [team], hours: 22:00-07:00, days: [] }]', /days/],
    ['of no zone', '[{ to: [team], hours: 22:00-07:00, zone: Paris }]', /expected a time zone/],
    ['that never end', '[{ to: [team], hours: 00:00-24:00 }]', /the quiet hours of "team" never end/],
    [
      'that never end together',
      '[{ to: [team], hours: 00:00-12:00 }, { to: [all], hours: 12:00-24:00 }]',
      /the quiet hours of "team" never end/,
    ],
  ])('%s are refused', (_what, written, problem) => {
    expect(problemsIn(quiet(written))).toContainEqual(expect.stringMatching(problem));
  });

  it.each([
    ['[{ to: [team], hours: 22:00-07:00 }]', { days: null, from: 1_320, to: 420 }, 'UTC'],
    ['[{ to: [all], hours: 00:00-24:00, days: [sat, sun] }]', { days: [6, 7], from: 0, to: 1_440 }, 'UTC'],
    ['[{ to: [all, team], hours: 12:00-13:30, zone: Asia/Tokyo }]', { days: null, from: 720, to: 810 }, 'Asia/Tokyo'],
  ])('%s are those of channels', (written, span, zone) => {
    expect(planOf(quiet(written)).messages?.quiet).toEqual([{ channels: ['team'], zone, span }]);
  });
});
