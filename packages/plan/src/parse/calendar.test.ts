import { describe, expect, test } from 'vitest';
import { planOf, problemsIn, withSteps } from '../testing/problems.ts';

const DEPLOY = '- deploy: production';
const NOW = Date.parse('2026-11-24T09:00Z');

/** A plan with these lines at its top. */
const withHead = (head: string, steps = DEPLOY): string => `${head}\n${withSteps(steps)}`;
const calendar = (keys: string, steps = DEPLOY): string => withHead(`zone: Europe/Paris\ncalendar: { ${keys} }`, steps);

const ICS = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'BEGIN:VEVENT',
  'UID:1',
  'DTSTART;TZID=Europe/Paris:20261218T180000',
  'DURATION:PT2H',
  'SUMMARY:Sales',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

describe('a calendar', () => {
  test('is resolved with its defaults, in the zone of the plan', () => {
    const keys =
      'windows: [{ days: [thu, tue], from: "10:00", to: "16:00" }], never: [{ days: [fri], from: "12:00" }, { eve-of-holiday: true }, { weekend: true }], holidays: [FR], freezes: [{ from: 2026-12-18T18:00, to: 2027-01-04T08:00, because: Christmas }], override: rm';
    expect(planOf(calendar(keys)).calendar).toEqual({
      zone: 'Europe/Paris',
      urgency: 'normal',
      windows: [{ days: [2, 4], from: 600, to: 960 }],
      never: [
        { kind: 'days', span: { days: [5], from: 720, to: 1_440 } },
        { kind: 'eve-of-holiday', span: { days: null, from: 0, to: 1_440 } },
        { kind: 'weekend', span: { days: [6, 7], from: 0, to: 1_440 } },
      ],
      holidays: ['FR'],
      freezes: [{ from: Date.parse('2026-12-18T17:00Z'), to: Date.parse('2027-01-04T07:00Z'), because: 'Christmas' }],
      maintenance: [],
      officeHours: { days: [1, 2, 3, 4, 5], from: 540, to: 1_080 },
      onFreeze: 'ask',
      override: 'rm',
    });
  });

  test('is not there where the plan has none', () => {
    expect(planOf(withSteps(DEPLOY))).not.toHaveProperty('calendar');
  });

  test('gets its urgency at the start', () => {
    expect(planOf(calendar('urgency: hotfix-p2'), { urgency: 'hotfix-p1' }).calendar?.urgency).toBe('hotfix-p1');
  });

  test.each<[string, string]>([
    ['windows: [{ days: [tue], from: "10:00", to: "10:00" }]', 'expected an end that is not the beginning'],
    ['windows: [{ days: [tue], from: "25:00", to: "10:00" }]', 'expected a time of the wall clock'],
    ['windows: [{ days: [tuesday], from: "09:00", to: "10:00" }]', 'tuesday'],
    ['never: [{ days: [fri], weekend: true }]', 'expected one of days, eve-of-holiday and weekend'],
    ['never: [{ from: "12:00" }]', 'expected one of days, eve-of-holiday and weekend'],
    ['never: [{ eve-of-holiday: true }]', 'no eve of a holiday is known'],
    ['holidays: [XX]', 'expected a country such as FR'],
    ['holidays: [DE-ZZ]', 'expected a country such as FR'],
    ['freezes: [{ from: 2026-12-18T18:00, to: 2026-12-18T18:00, because: x }]', 'it ends before it begins'],
    ['freezes: [{ from: 2026-03-29T02:30, to: 2026-12-18T18:00, because: x }]', 'the clocks in Europe/Paris skip'],
    ['override: nobody', 'there is no role "nobody"'],
    ['freeze-files: [../secrets.ics]', 'inside the folder of the plan'],
    ['freeze-files: [a.ics]', 'nobody could read a.ics'],
  ])('%s is wrong', (keys, problem) => {
    const problems = problemsIn(calendar(keys), { now: NOW });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});

describe('calendar files', () => {
  test('their busy times are freezes', () => {
    const plan = planOf(calendar('freeze-files: [a.ics]'), { now: NOW, files: { 'a.ics': ICS } });
    const from = Date.parse('2026-12-18T17:00Z');
    expect(plan.calendar?.freezes).toEqual([{ from, to: from + 7_200_000, because: 'Sales' }]);
  });

  test('one that is not understood is an error with its reason', () => {
    const problems = problemsIn(calendar('freeze-files: [a.ics]'), { now: NOW, files: { 'a.ics': 'hello' } });
    expect(problems).toEqual([expect.stringContaining('a.ics cannot be used: it is not iCalendar')]);
  });

  test('the same plan read later on the same day is the same', () => {
    const read = (now: number) => planOf(calendar('freeze-files: [a.ics]'), { now, files: { 'a.ics': ICS } });
    expect(read(NOW + 3_600_000)).toEqual(read(NOW));
  });
});

describe('what does not fit is a warning', () => {
  const ROLLOUT =
    "- rollout: production\n  strategy: canary\n  while: ['errors.new < 1']\n  steps: [{ weight: 10, hold: 400m }, { weight: 100, hold: 1h }]";
  const WINDOW = 'windows: [{ days: [tue, wed, thu], from: "10:00", to: "16:00" }]';

  test.each<[string, string, string, string | null]>([
    [
      'all have it after the window has closed',
      WINDOW,
      ROLLOUT,
      'it begins at 2026-11-24 10:00, 100 % at 16:40, and the window closes at 16:00',
    ],
    [
      'it ends after the window has closed',
      'windows: [{ days: [tue], from: "10:00", to: "17:00" }]',
      ROLLOUT,
      'it begins at 2026-11-24 10:00, it ends at 17:40, and the window closes at 17:00',
    ],
    ['it fits', 'windows: [{ days: [tue], from: "08:00", to: "20:00" }]', ROLLOUT, null],
    [
      'it never opens',
      'windows: [{ days: [sat], from: "08:00", to: "20:00" }], never: [{ weekend: true }]',
      DEPLOY,
      'no opening within a year',
    ],
    ['staging', WINDOW, ROLLOUT.replace('production', 'staging'), null],
  ])('%s', (_, keys, steps, message) => {
    const problems = problemsIn(calendar(keys, steps), { now: NOW });
    const wanted = message === null ? [] : [`15:9: warning: ${message}`];
    expect(problems.map((problem, index) => problem.slice(0, wanted[index]?.length))).toEqual(wanted);
  });

  test('nobody is warned who does not ask', () => {
    expect(problemsIn(calendar(WINDOW, ROLLOUT))).toEqual([]);
  });
});

describe('tracks', () => {
  const HEAD =
    'tracks: { marketing: { owner: rm, raci: { consulted: [qa] } }, support: { owner: qa, raci: { accountable: rm } } }';

  test('have an owner, and who decides is the owner where nobody else is named', () => {
    const plan = planOf(withHead(HEAD, '- task: Macros\n  owner: rm\n  track: support'));
    expect(plan.tracks).toEqual({
      marketing: { owner: 'rm', accountable: 'rm', consulted: ['qa'], informed: [] },
      support: { owner: 'qa', accountable: 'rm', consulted: [], informed: [] },
    });
    expect(plan.steps['macros']?.track).toBe('support');
  });

  test.each<[string, string, string]>([
    [HEAD, '- task: Macros\n  owner: rm\n  track: suport', 'there is no track "suport", did you mean "support"?'],
    ['tracks: { a: { owner: boss } }', DEPLOY, 'there is no role "boss"'],
    ['tracks: { a: { owner: rm, raci: { informed: [boss] } } }', DEPLOY, 'there is no role "boss"'],
  ])('%s with %s', (head, steps, problem) => {
    expect(problemsIn(withHead(head, steps)).join('')).toContain(problem);
  });
});
