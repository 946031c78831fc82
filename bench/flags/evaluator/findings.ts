import type { Findings, Goal, Row, Table } from '../../report/result.ts';
import { median } from '../../report/statistics.ts';
import type { Agreement } from './agreement.ts';
import type { Answered } from './evaluator-child.ts';
import { type Question, QUESTIONS } from './questions.ts';
import type { SideName } from './sides.ts';

/** What one side did, round by round. */
export interface Rounds {
  readonly side: SideName;
  readonly label: string;
  readonly answered: readonly Answered[];
}

export type Measured = Readonly<Record<Question, readonly Rounds[]>>;

/** Times as fast as the fastest of the others that Slipway wants to be. */
const WANTED = 3;

const NOTES = [
  'A process for each side and round, warmed up first; each in the way that its documentation has for a server, with nothing sent anywhere.',
  "Slipway's evaluator is given a clock and asks it where a rule reads the time, as neither of these does; flagd-core reads the clock for each answer of a flag with targeting; the others need none.",
  'Each hashes people in its own way, so not the same people have it; with flagd-core they are the same ones.',
];

/** Pure. `agreement`: with flagd-core. */
export function findingsOf(measured: Measured, people: number, agreement: Agreement): Findings {
  const questions = Object.entries(measured) as [Question, readonly Rounds[]][];
  const agreed: Goal = {
    text: 'answers that flagd-core gives as well',
    unit: `of ${agreement.answers.toLocaleString('en')}`,
    wanted: 'at least',
    limit: agreement.answers,
    measured: agreement.alike,
  };
  return {
    tables: questions.map(([question, sides]) => tableOf(question, sides, people)),
    goals: [...questions.map(([question, sides]) => goalOf(question, sides)), agreed],
  };
}

function tableOf(question: Question, sides: readonly Rounds[], people: number): Table {
  const fastest = fastestOther(sides);
  const rows = sides.map(({ label, answered }): Row => {
    const times = answered.map(({ nanoseconds }) => nanoseconds);
    const of = median(times);
    const shares = answered.map(({ on }) => (on / people) * 100);
    return { label, figures: [of, Math.min(...times), Math.max(...times), fastest / of, median(shares)] };
  });
  const rounds = Math.max(0, ...sides.map(({ answered }) => answered.length));
  return {
    title: `${QUESTIONS[question]}, ${people.toLocaleString('en')} people, medians of ${rounds} alternating rounds`,
    columns: ['ns/answer', 'least', 'most', 'x fastest other', 'people who have it %'],
    rows,
    notes: NOTES,
  };
}

function goalOf(question: Question, sides: readonly Rounds[]): Goal {
  const own = sides.find(({ side }) => side === 'slipway')?.answered ?? [];
  const times = fastestOther(sides) / median(own.map(({ nanoseconds }) => nanoseconds));
  const text = `${QUESTIONS[question]}: as fast as the fastest of the others`;
  return { text, unit: 'times', wanted: 'at least', limit: WANTED, measured: times };
}

/** Nanoseconds. */
function fastestOther(sides: readonly Rounds[]): number {
  const others = sides.filter(({ side }) => side !== 'slipway');
  return others.length === 0
    ? Number.NaN
    : Math.min(...others.map(({ answered }) => median(answered.map(({ nanoseconds }) => nanoseconds))));
}
