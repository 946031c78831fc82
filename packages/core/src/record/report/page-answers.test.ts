import { describe, expect, it } from 'vitest';
import { evolveAll } from '../../evolve.ts';
import { ABSENT, type Launch } from '../../model/state.ts';
import { Flight } from '../../testing/flight.ts';
import { judged } from '../../testing/outcomes.ts';
import { planOf } from '../../testing/plans.ts';
import { soak } from '../../testing/steps.ts';
import { launchFacts } from '../launch-facts.ts';
import { recordMarkdown } from '../record-markdown.ts';
import { answersSection, pageAnswers } from './page-answers.ts';
import { sayIn } from './report-input.ts';
import { retrospective } from './retrospective.ts';

const MINUTE = 60_000;
const GOALS = { p1: 5 * MINUTE, p2: 15 * MINUTE, p3: 60 * MINUTE };

/** A soak in production fails; somebody answers after so many minutes, or nobody does. */
function paged(minutes: number | null, answer: object | null = GOALS): Flight {
  const page = { to: ['team'], again: 30 * MINUTE, language: 'en', ...(answer === null ? {} : { answer }) } as const;
  const flight = new Flight(planOf([soak('watch', 'production', { onFail: 'page' })], { page }));
  flight.run('watch:0.0', judged('fail'));
  if (minutes === null) return flight;
  flight.pass(minutes * MINUTE);
  flight.do({ type: 'acknowledge', page: null });
  return flight;
}
const inputOf = (flight: Flight) => ({
  launch: flight.launch,
  events: flight.log,
  language: 'en' as const,
  commits: null,
});
const factOf = (launch: Launch, language: 'en' | 'fr' = 'en') =>
  launchFacts(launch, { language, now: 0, inZone: String }).answered;

describe('answers to pages', () => {
  it.each([
    ['in time', paged(4), ['4 min', '5 min', 'met'], 'rm after 4 min (goal 5 min: met)'],
    ['too late', paged(6), ['6 min', '5 min', 'missed'], 'rm after 6 min (goal 5 min: missed)'],
    ['without a goal', paged(6, null), ['6 min', '–', '–'], 'rm after 6 min'],
    ['by nobody', paged(null), ['–', '5 min', 'not known'], null],
  ])('%s', (_, flight, cells, fact) => {
    const table = answersSection(inputOf(flight), sayIn('en'))?.blocks[0];
    const [row] = table?.is === 'table' ? table.rows : [];
    expect(row?.slice(5)).toEqual(cells);
    expect(factOf(flight.launch)).toBe(fact);
  });

  it('are targets of the retrospective where the plan has a goal', () => {
    const figures = (flight: Flight) => retrospective(inputOf(flight)).figures;
    const before = figures(paged(6, null));
    expect(figures(paged(4))).toMatchObject({ targets: Number(before['targets']) + 1, met: Number(before['met']) + 1 });
    expect(figures(paged(6))).toMatchObject({ missed: Number(before['missed']) + 1 });
    expect(figures(paged(null))).toMatchObject({ unknown: Number(before['unknown']) + 1 });
  });

  it('stand in the record, and nothing does where nobody was paged', () => {
    const record = (flight: Flight) => recordMarkdown(flight.launch, flight.log, { language: 'en' });
    expect(record(paged(4))).toContain('## Response to pages');
    const quiet = new Flight(planOf([soak('watch', 'production', {})]));
    expect([record(quiet).includes('Response to pages'), factOf(quiet.launch)]).toEqual([false, 'nobody was paged']);
    expect(factOf(paged(4).launch, 'fr')).toBe('rm après 4 min (objectif 5 min : atteint)');
  });

  it('are never of less than no time, whatever was done to the clock', () => {
    const flight = paged(null);
    flight.now -= 60 * MINUTE;
    flight.do({ type: 'acknowledge', page: null });
    expect(pageAnswers(flight.launch)).toMatchObject([{ took: 0 }]);
  });

  it('are the same when the log is folded again', () => {
    const { launch, log } = paged(6);
    const again = evolveAll(ABSENT, log);
    expect(again.is === 'launch' && again.answers).toEqual(launch.answers);
  });
});
