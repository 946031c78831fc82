import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { evolve } from '../evolve.ts';
import type { Command } from '../model/command.ts';
import { ABSENT } from '../model/state.ts';
import { Flight, person } from '../testing/flight.ts';
import { done, failed } from '../testing/outcomes.ts';
import { FREEZE, forkedPlan } from '../testing/scenarios.ts';

type Deed =
  | { readonly do: 'work'; readonly outcome: 'done' | 'no' | 'broken' }
  | { readonly do: 'begin' | 'mend' }
  | { readonly do: 'command'; readonly command: Command; readonly by: string }
  | { readonly do: 'choose'; readonly scenario: string; readonly by: string; readonly isStale: boolean }
  | { readonly do: 'pass'; readonly ms: number };

const PEOPLE = ['rm', 'tl', 'both', 'sl'];
const STEPS = Object.keys(forkedPlan().steps);
const by = fc.constantFrom(...PEOPLE);
const step = fc.constantFrom(...STEPS);

const command: fc.Arbitrary<Command> = fc.oneof(
  step.map((id): Command => ({ type: 'retry', step: id })),
  step.map((id): Command => ({ type: 'skip', step: id, reason: 'so be it' })),
  fc.constant<Command>({ type: 'complete-task', step: 'wish', proof: 'yes' }),
  fc.constant<Command>({ type: 'hold', reason: 'wait' }),
  fc.constant<Command>({ type: 'resume' }),
);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('work' as const),
      outcome: fc.constantFrom('done', 'done', 'done', 'done', 'no', 'broken'),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'begin' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'mend' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('command' as const), command, by }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('choose' as const),
      scenario: fc.constantFrom('staging', 'production', 'freeze'),
      by,
      isStale: fc.nat(9).map((chance) => chance === 0),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1_000, FREEZE) }) },
);

const GATE: readonly Deed[] = [
  { do: 'work', outcome: 'done' },
  { do: 'work', outcome: 'done' },
  { do: 'command', command: { type: 'complete-task', step: 'wish', proof: 'yes' }, by: 'rm' },
];

const no = { ...failed(), evidence: { summary: 'no', items: [] } };
const OUTCOMES = { done: done(), no, broken: failed() };

/** What is refused changes nothing. */
function perform(flight: Flight, each: Deed): void {
  switch (each.do) {
    case 'work':
    case 'begin': {
      const [next] = flight.wanted();
      if (next === undefined) return;
      if (flight.launch.effects[next]?.is !== 'started') flight.begin(next);
      if (each.do === 'work') flight.settle(next, OUTCOMES[each.outcome]);
      return;
    }
    case 'mend': {
      const broken = STEPS.find((id) => flight.step(id) === 'failed');
      if (broken !== undefined) attempt(flight, { type: 'retry', step: broken }, 'rm');
      return;
    }
    case 'command':
      return attempt(flight, each.command, each.by);
    case 'choose': {
      const seq = flight.launch.scenario?.proposal?.made.seq ?? 0;
      const { scenario } = each;
      return attempt(
        flight,
        { type: 'choose', scenario, reason: 'why not', basis: each.isStale ? seq - 1 : seq },
        each.by,
      );
    }
    case 'pass':
      flight.pass(each.ms);
  }
}

function attempt(flight: Flight, asked: Command, who: string): void {
  if (decide(flight.state, asked, { now: flight.now, actor: person(who) }).ok) flight.do(asked, person(who));
}

const PHASE = Object.fromEntries(Object.values(forkedPlan().steps).map(({ id, phase }) => [id, phase]));
const scenarioOfStep = (id: string): string | null =>
  PHASE[id] === 'gate' ? null : PHASE[id] === 'freeze-end' ? 'freeze' : (PHASE[id] ?? null);

/** What must never be true of a launch with scenarios, at any time. */
function wrongIn({ launch }: Flight): readonly string[] {
  const choice = launch.scenario?.choice ?? null;
  const changed = [...new Set(launch.touched.map(scenarioOfStep))];
  const strange = Object.entries(launch.steps).filter(([id, { is }]) => {
    const scenario = scenarioOfStep(id);
    if (scenario === null) return is === 'not-chosen';
    const has = is === 'active' || is === 'passed' || is === 'failed';
    return has && scenario !== choice?.scenario && choice?.proving.includes(id) !== true;
  });
  const isUnchosenEnd = launch.mode.is === 'ended' && launch.mode.as === 'completed' && choice === null;
  return [
    ...(changed.length > 1 ? [`changed by ${changed.join(' and ')}`] : []),
    ...changed.filter((name) => name !== choice?.scenario).map((name) => `${name} changes, and is not chosen`),
    ...strange.map(([id, { is }]) => `${id} is ${is}`),
    ...(isUnchosenEnd ? ['complete without a choice'] : []),
  ];
}

describe('whatever people and programs do', () => {
  it(
    'steps of two scenarios never change anything in one launch, and the log tells the same',
    { timeout: 60_000 },
    () => {
      const reached = new Set<string>();
      fc.assert(
        fc.property(fc.boolean(), fc.array(deed, { minLength: 5, maxLength: 60 }), (isPastGate, deeds) => {
          const flight = new Flight(forkedPlan());
          const gate = isPastGate ? GATE : [];
          for (const each of [...gate, ...deeds]) {
            perform(flight, each);
            expect(wrongIn(flight)).toEqual([]);
          }
          const { mode, touched } = flight.launch;
          reached.add(`${mode.is} ${touched.join()}`);
          expect(flight.log.reduce(evolve, ABSENT)).toEqual(flight.launch);
        }),
        { numRuns: 400, seed: 3, endOnFailure: false },
      );
      // The runs are worth something only where both kinds of change, and ends, are among them.
      expect([...reached].some((each) => each.includes('reset'))).toBe(true);
      expect([...reached].some((each) => each.includes('deploy'))).toBe(true);
      expect([...reached].some((each) => each.startsWith('ended reset'))).toBe(true);
    },
  );
});
