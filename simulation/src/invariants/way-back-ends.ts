import { findEffect, type Launch } from '@slipway/core';
import { Broken, type Invariant, type Setting } from './invariant.ts';

/** Ten minutes, and per item what three attempts, their delays and a few deaths of the host can take at most. In ms. */
const LONGEST = 600_000;
const LONGEST_ITEM = 3 * (60_000 + 60_000) + 120_000;
/** How long work in flight is waited for before the way back begins, in ms. */
const STOP_GRACE = 10_000;
const MOST_EVENTS = 60;
const MOST_EVENTS_OF_AN_ITEM = 40;

/** A way back that has begun ends, in bounded time and with a bounded number of events, whatever anybody does. */
export function wayBackEnds({ scenario, pending, rules, mishaps }: Setting): Invariant {
  let since: { readonly at: number; readonly seq: number; readonly lives: number } | null = null;

  const check = (launch: Launch, now: number): void => {
    const { mode } = launch;
    if (since === null || (mode.is !== 'stopping' && mode.is !== 'undoing')) return;
    const items = mode.is === 'undoing' ? mode.items.length : Object.keys(scenario.plan.steps).length * 4;
    const events = launch.head.seq - since.seq;
    if (now - since.at > LONGEST + items * LONGEST_ITEM)
      throw new Broken('way-back-ends', `after ${(now - since.at) / 1000} s the way back has not ended`);
    if (events > MOST_EVENTS + items * MOST_EVENTS_OF_AN_ITEM)
      throw new Broken('way-back-ends', `after ${events} events the way back has not ended`);
    const { effects, wakeAt } = pending();
    if (effects.length === 0 && wakeAt === null)
      throw new Broken('way-back-ends', `the launch is ${mode.is} and waits for nothing`);
  };

  return {
    event: ({ recorded: { event, seq }, before, time }) => {
      const { lives } = mishaps();
      if (event.type === 'turning-back' || event.type === 'way-back-retried') since = { at: time, seq, lives };
      if (event.type !== 'way-back-planned' || before.is === 'absent' || since === null) return;
      const busy = Object.keys(before.effects).find((id) => isExecutiveInFlight(before, id));
      // What a dead process had in flight nobody can stop: whoever was not there goes by the clock.
      if (busy !== undefined && lives === since.lives && time < since.at + STOP_GRACE)
        throw new Broken('way-back-ends', `the way back began while ${busy} was in flight`);
    },
    decided: (launch, _changes, now) => {
      check(launch, now);
      if (launch.mode.is !== 'running' && launch.mode.is !== 'held') return;
      for (const type of ['abort', 'rollback'] as const) {
        const decision = rules.decide(launch, { type, reason: 'now' }, { now, actor: { kind: 'person', id: 'ada' } });
        if (!decision.ok) throw new Broken('way-back-ends', `${type} was refused: ${decision.rejection.message}`);
      }
    },
    end: (launch) => {
      if (launch.mode.is !== 'ended' && launch.mode.is !== 'incomplete')
        throw new Broken('way-back-ends', `nothing is left to happen and the launch is ${launch.mode.is}`);
    },
  };
}

function isExecutiveInFlight(launch: Launch, id: string): boolean {
  return launch.effects[id]?.is === 'started' && findEffect(launch, id)?.class === 'executive';
}
