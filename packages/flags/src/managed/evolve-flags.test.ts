import { describe, expect, it } from 'vitest';
import { emptyFlagSet } from './empty-flag-set.ts';
import { evolveAll, evolveFlags } from './evolve-flags.ts';
import type { FlagEvent, RecordedFlagEvent } from './flag-event.ts';
import { ANN, CLOCK, Desk, flagOf, share, START } from './testing/desk.ts';

function at(seq: number, event: FlagEvent): RecordedFlagEvent {
  return { seq, at: START + seq, actor: ANN, event };
}

const defined = (flag: string): FlagEvent => ({
  type: 'flag-defined',
  flag,
  definition: flagOf(),
  origin: { kind: 'server' },
});

describe('folding', () => {
  it('leaves the set before as it was', () => {
    const one = evolveFlags(emptyFlagSet(), at(1, defined('a')));
    const two = evolveFlags(one, at(2, defined('b')));
    evolveFlags(two, at(3, { type: 'flag-removed', flag: 'a' }));
    expect([[...one.flags.keys()], [...two.flags.keys()]]).toEqual([['a'], ['a', 'b']]);
    expect(two.version).toBe(2);
  });

  it('keeps the maps that no event changes', () => {
    const one = evolveFlags(emptyFlagSet(), at(1, defined('a')));
    const killed = evolveFlags(one, at(2, { type: 'flag-killed', flag: 'a', reason: 'x', launch: 'l1' }));
    expect(killed.segments).toBe(one.segments);
    expect(killed.flags.get('a')).toMatchObject({
      revision: 2,
      createdAt: START + 1,
      changedAt: START + 2,
      kill: { by: 'ann', launch: 'l1' },
    });
  });

  it('takes the bucketing from the first event, and events of flags that are gone', () => {
    const set = evolveAll(emptyFlagSet(), [
      at(1, { type: 'set-created', bucketing: 'v3' }),
      at(2, { type: 'ramp-ended', flag: 'x' }),
      at(3, { type: 'flag-removed', flag: 'x' }),
    ]);
    expect(set).toMatchObject({ bucketing: 'v3', version: 3 });
    expect(set.flags.size).toBe(0);
  });

  it('is the same by one event as by all', () => {
    const desk = new Desk();
    desk.segment('s', true);
    desk.define('f');
    desk.launchRamp('f', [share(10)]);
    desk.fourEyes();
    desk.change({ kind: 'remove-segment', segment: 's' });
    desk.do({ type: 'kill', flag: 'f', reason: 'x', launch: null }, CLOCK);
    const one = desk.log.reduce(evolveFlags, emptyFlagSet());
    expect(one).toEqual(desk.set);
    expect(evolveAll(emptyFlagSet(), desk.log)).toEqual(desk.set);
  });

  it('of 10,000 flags takes time that grows with the events', () => {
    const events = Array.from({ length: 10_000 }, (_, i) => at(i + 1, defined(`f${i}`)));
    // A copy for each event would copy 50 million entries.
    expect(evolveAll(emptyFlagSet(), events).flags.size).toBe(10_000);
  });
});
