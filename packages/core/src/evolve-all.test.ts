import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evolve, evolveAll } from './evolve.ts';
import { SLIPWAY } from './model/actor.ts';
import type { LaunchEvent, Recorded } from './model/event.ts';
import { ABSENT, type State } from './model/state.ts';
import { Flight } from './testing/flight.ts';
import { done, failed, judged, unknown } from './testing/outcomes.ts';
import { inOrder, planOf } from './testing/plans.ts';
import { announce, check, deploy, rollout, signoff } from './testing/steps.ts';

const PLAN = planOf(
  inOrder(
    check('look', { attempts: 2 }),
    signoff('go', { tech: 1 }),
    deploy('stage', 'staging'),
    announce('news', 'staging'),
    rollout('ramp', 'production'),
  ),
);
const START = new Flight(PLAN).log;

const effect = fc.constantFrom(
  'look:0.0',
  'stage:0.0',
  'ramp:4.0',
  '~notice:3.0',
  '~undo:0.0',
  '__proto__',
  '~soak:look.0.1.0',
  '~soak:look.0.2.0',
  '~soak:look.0.3.1',
);
const step = fc.constantFrom('look', 'go', 'stage', 'news', 'ramp', 'nobody', 'constructor');
const small = fc.nat(3);
const outcome = fc.constantFrom(done(), failed(), failed(true), unknown(), judged('pass'), judged('fail'));
const cause = fc.oneof(
  fc.constant({ kind: 'person' as const, reason: 'wait' }),
  step.map((id) => ({ kind: 'step-failed' as const, step: id, reason: 'no', page: true as const })),
);

/** Anything after anything: also what no rule would decide. */
const anyEvent: fc.Arbitrary<LaunchEvent> = fc.oneof(
  fc.record({ type: fc.constant('effect-started'), effect, attempt: small, touches: fc.option(step) }),
  fc.record({ type: fc.constant('effect-noted'), effect, note: fc.string() }),
  fc.record({ type: fc.constant('effect-settled'), effect, attempt: small, outcome, retryAt: fc.option(small) }),
  fc.record({ type: fc.constant('outcome-answered'), effect, done: fc.boolean(), reason: fc.string() }),
  fc.record({
    type: fc.constant('notice-queued'),
    notice: effect,
    step: fc.option(step),
    moment: fc.constant(null),
    channel: fc.constant('team'),
    message: fc.constant({ to: ['team'], title: 'Shop', text: 'It is there.' }),
    page: small,
  }),
  fc.record({ type: fc.constantFrom('step-started', 'step-retried'), step }),
  fc.record({ type: fc.constant('move-done'), step, move: small }),
  fc.record({ type: fc.constant('step-failed'), step, reason: fc.string() }),
  fc.record({ type: fc.constant('held'), cause }),
  fc.constant({ type: 'resumed' as const }),
) as fc.Arbitrary<LaunchEvent>;

const streams = fc.array(anyEvent, { maxLength: 60 }).map((events): readonly Recorded[] => [
  ...START,
  ...events.map((event, index): Recorded => {
    const seq = START.length + index + 1;
    return { seq, at: seq * 10, hash: `hash-${seq}`, actor: SLIPWAY, event };
  }),
]);

const oneByOne = (from: State, events: readonly Recorded[]): State =>
  events.reduce<State>((state, recorded) => evolve(state, recorded), from);

describe('folding many events at once', () => {
  it('gives what folding them one by one gives, from any state, and leaves that state as it is', () => {
    fc.assert(
      fc.property(streams, fc.nat(), (events, at) => {
        const cut = at % (events.length + 1);
        const before = deepFreeze(oneByOne(ABSENT, events.slice(0, cut)));
        const copy = structuredClone(before);
        const rest = events.slice(cut).map((recorded) => deepFreeze(recorded));
        const after = evolveAll(before, rest);
        expect(after).toEqual(oneByOne(before, rest));
        expect(JSON.stringify(after)).toBe(JSON.stringify(oneByOne(before, rest)));
        expect(before).toEqual(copy);
      }),
      { numRuns: 500 },
    );
  });

  it('never changes what it gave away', () => {
    fc.assert(
      fc.property(streams, streams, (first, second) => {
        const given = evolveAll(ABSENT, first);
        const copy = structuredClone(given);
        const rest = second.slice(START.length);
        expect(evolveAll(given, rest)).toEqual(oneByOne(given, rest));
        expect(given).toEqual(copy);
      }),
    );
  });

  it('takes no event for no change', () => {
    expect(evolveAll(ABSENT, [])).toBe(ABSENT);
  });

  it('finds a log broken that does not begin with its start', () => {
    expect(() => evolveAll(ABSENT, START.slice(1))).toThrow('must begin with launch-started');
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
